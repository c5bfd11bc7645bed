/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Project files: what is written is what is read, and a malformed one is refused with its place. */
#include "core/error.h"
#include "core/project/project.h"

#include <glib/gstdio.h>
#include <string.h>

static SemPca *
make_frame (void)
{
  const double mean[3] = { 0.1, -2.0 / 3.0, 1e-300 };
  const double components[6] = { 1, 0, 0, 0, 0.6, 0.8 };
  const double ratios[2] = { 0.75, 0.125 };
  return sem_pca_new_from_basis (3, 2, mean, components, ratios, 4.5);
}

static SemProject *
make_project (void)
{
  SemProject *project = sem_project_new ();
  const gsize selected[] = { 3, 0 };
  g_free (project->text);
  project->text = g_strdup ("Earth \"is\" a planet.\nيوم 日本 🌍");
  project->model_path = g_strdup ("/models/x");
  project->model_name = g_strdup ("x");
  project->model_hash = g_strdup ("0123456789ab");
  project->model_tensor = g_strdup ("lm_head.weight");
  project->options.unit = SEM_UNIT_SENTENCE;
  project->options.centered = TRUE;
  project->view.range = SEM_RANGE_CUSTOM;
  project->view.range_min = -1.0 / 3.0;
  project->view.color_map = g_intern_string ("grey");
  project->view.shape = SEM_SHAPE_AGAINST;
  project->view.first_text = 3;
  project->view.component_x = 2;
  project->view.map_axes = g_intern_string ("man:woman,small:big");
  project->view.map_depth = TRUE;
  project->view.map_yaw = -25.5;
  project->view.map_pitch = 1.0 / 3.0;
  project->view.color_unit = 2;
  project->view.fade_misplaced = project->view.nearby_words = TRUE;
  project->view.map_view = (SemViewport){ 0.25, 0.1, 3.7 };
  project->frame = make_frame ();
  g_array_append_vals (project->selection, selected, 2);
  return project;
}

static void
test_round_trip (void)
{
  g_autoptr (SemProject) project = make_project ();
  g_autoptr (GBytes) bytes = sem_project_to_json (project);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemProject) again = sem_project_from_json (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->text, ==, project->text);
  g_assert_cmpstr (again->model_path, ==, "/models/x");
  g_assert_cmpstr (again->model_tensor, ==, "lm_head.weight");
  g_assert_cmpint (again->options.unit, ==, SEM_UNIT_SENTENCE);
  g_assert_true (again->options.centered);
  g_assert_cmpfloat (again->view.range_min, ==, -1.0 / 3.0);
  g_assert_true (again->view.color_map == g_intern_string ("grey"));
  g_assert_cmpint (again->view.shape, ==, SEM_SHAPE_AGAINST);
  g_assert_cmpuint (again->view.first_text, ==, 3);
  g_assert_true (again->view.map_axes == g_intern_string ("man:woman,small:big"));
  g_assert_true (again->view.map_depth && again->view.fade_misplaced && again->view.nearby_words);
  g_assert_cmpfloat (again->view.map_yaw, ==, -25.5);
  g_assert_cmpfloat (again->view.map_pitch, ==, 1.0 / 3.0);
  g_assert_cmpuint (again->view.color_unit, ==, 2);
  g_assert_cmpuint (again->view.order_unit, ==, G_MAXSIZE);
  g_assert_cmpfloat (again->view.map_view.zoom, ==, 3.7);
  g_assert_cmpuint (again->selection->len, ==, 2);
  g_assert_cmpuint (g_array_index (again->selection, gsize, 0), ==, 3);
  g_assert_cmpuint (sem_pca_get_dim (again->frame), ==, 3);
  g_assert_cmpmem (sem_pca_get_mean (again->frame), 24, sem_pca_get_mean (project->frame), 24);
  g_assert_cmpmem (sem_pca_get_component (again->frame, 1), 24,
                   sem_pca_get_component (project->frame, 1), 24);
  g_assert_cmpfloat (sem_pca_get_explained_variance_ratio (again->frame, 0), ==, 0.75);

  g_autoptr (GBytes) twice = sem_project_to_json (again);
  g_assert_true (g_bytes_equal (bytes, twice));
}

static void
test_comparison_can_fail (void)
{
  g_autoptr (SemProject) one = make_project ();
  g_autoptr (SemProject) other = make_project ();
  other->view.range_min = g_ascii_strtod ("-0.33333333333333337", NULL); /* the next double */
  g_autoptr (GBytes) a = sem_project_to_json (one);
  g_autoptr (GBytes) b = sem_project_to_json (other);
  g_assert_false (g_bytes_equal (a, b));
}

static void
test_clamp (void)
{
  g_autoptr (SemProject) project = make_project ();
  project->view.order = SEM_ORDER_BY_UNIT;
  project->view.order_unit = 3;
  sem_project_clamp (project, 4);
  g_assert_cmpuint (project->selection->len, ==, 2);
  g_assert_cmpuint (project->view.order_unit, ==, 3);
  sem_project_clamp (project, 3);
  g_assert_cmpuint (project->selection->len, ==, 1);
  g_assert_cmpuint (g_array_index (project->selection, gsize, 0), ==, 0);
  g_assert_cmpint (project->view.order, ==, SEM_ORDER_TYPED);
}

typedef struct
{
  const char *name, *json, *message;
} BadCase;

#define HEAD "{\"format\":\"semblance-project\",\"version\":1,\"text\":\"a\""
static const BadCase bad_cases[] = {
  { "empty", "", "line 1" },
  { "binary", "\x80\x81", "not JSON" },
  { "array", "[]", "not a Semblance project" },
  { "other-format", "{\"format\":\"x\",\"version\":1}", "not a Semblance project" },
  { "version", "{\"format\":\"semblance-project\",\"version\":2,\"text\":\"\"}",
    "project version 2, this program reads version 1" },
  { "no-text", "{\"format\":\"semblance-project\",\"version\":1}", "text: expected a text" },
  { "nul", "{\"format\":\"semblance-project\",\"version\":1,\"text\":\"a\\u0000b\"}", "not JSON" },
  { "unit", HEAD ",\"analysis\":{\"unit\":\"syllable\"}}",
    "analysis.unit: expected word|token|character|sentence|paragraph" },
  { "boolean", HEAD ",\"analysis\":{\"centered\":1}}",
    "analysis.centered: expected true or false" },
  { "view-type", HEAD ",\"view\":[]}", "view: expected an object" },
  { "viewport", HEAD ",\"view\":{\"map_view\":[1,2]}}",
    "view.map_view: expected three finite numbers" },
  { "zoom", HEAD ",\"view\":{\"map_view\":[0,0,0]}}", "view: a zoom of 0" },
  { "component", HEAD ",\"view\":{\"component_x\":10}}", "view: components are numbered 0 to 9" },
  { "negative", HEAD ",\"view\":{\"component_x\":-1}}",
    "view.component_x: expected a whole number or null" },
  { "map-axes", HEAD ",\"view\":{\"map_axes\":\"man:woman\"}}",
    "view.map_axes: two pairs of words are needed" },
  { "turn", HEAD ",\"view\":{\"map_pitch\":1000}}", "view: a map turned by 0 and 1000 degrees" },
  { "range", HEAD ",\"view\":{\"range_min\":2}}", "view: range_min 2 is not below range_max 1" },
  { "selection", HEAD ",\"selection\":[0,-1]}", "selection[1]: expected a unit's number" },
  { "frame-empty", HEAD ",\"frame\":{}}", "frame: expected dim" },
  { "frame-short",
    HEAD ",\"frame\":{\"dim\":3,\"explained_variance_ratio\":[0.5],\"total_variance\":1,\"mean\":"
         "\"AAAA\",\"components\":\"\"}}",
    "frame.mean: expected base64 of 3 doubles, found 3 bytes" },
  { "frame-ratio",
    HEAD ",\"frame\":{\"dim\":1,\"explained_variance_ratio\":[2],\"total_variance\":1,\"mean\":"
         "\"\",\"components\":\"\"}}",
    "frame.explained_variance_ratio[0]" },
  { "frame-nan",
    HEAD ",\"frame\":{\"dim\":1,\"explained_variance_ratio\":[1],\"total_variance\":1,\"mean\":"
         "\"AAAAAAAA+H8=\","
         "\"components\":\"AAAAAAAAAAA=\"}}",
    "frame.mean: number 0 is not finite" },
};

static void
test_malformed (gconstpointer data)
{
  const BadCase *bad = data;
  g_autoptr (GBytes) bytes = g_bytes_new_static (bad->json, strlen (bad->json));
  g_autoptr (GError) error = NULL;
  g_autoptr (SemProject) project = sem_project_from_json (bytes, &error);
  g_assert_null (project);
  g_assert_nonnull (error);
  g_assert_true (error->domain == SEM_FORMAT_ERROR);
  if (strstr (error->message, bad->message) == NULL)
    g_error ("'%s' is not in '%s'", bad->message, error->message);
}

static void
test_unknown_keys (void)
{
  const char *json = HEAD ",\"later\":{\"x\":1},\"view\":{\"later\":2,\"range\":\"stretch\"}}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
  g_autoptr (GError) error = NULL;
  g_autoptr (SemProject) project = sem_project_from_json (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpint (project->view.range, ==, SEM_RANGE_STRETCH);
}

static void
test_save_keeps_the_old (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("semblance-project-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *path = g_build_filename (dir, "a.semblance", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nonexistent/a.semblance");
  g_autoptr (SemProject) project = make_project ();
  g_assert_true (sem_project_save (project, file, NULL, &error));
  g_assert_no_error (error);
  g_autoptr (SemProject) again = sem_project_load (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->text, ==, project->text);
  g_assert_false (sem_project_save (project, nowhere, NULL, &error));
  g_assert_nonnull (error);
  g_remove (path);
  g_rmdir (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/project/round-trip", test_round_trip);
  g_test_add_func ("/project/comparison-can-fail", test_comparison_can_fail);
  g_test_add_func ("/project/unknown-keys", test_unknown_keys);
  g_test_add_func ("/project/clamp", test_clamp);
  g_test_add_func ("/project/save", test_save_keeps_the_old);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/project/malformed/", bad_cases[i].name, NULL);
      g_test_add_data_func (path, &bad_cases[i], test_malformed);
    }
  return g_test_run ();
}
