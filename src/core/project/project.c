/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Project files. */
#include "core/project/project.h"

#include "config.h"
#include "core/analysis/axes.h"
#include "core/error.h"
#include "core/file-replace.h"
#include "core/project/project-json.h"

#include <math.h>
#include <string.h>

#define FORMAT_NAME "semblance-project"
#define MAX_DIM 1000000
#define MAX_SELECTED 100000

static const char *const unit_words[]
    = { "word", "token", "character", "sentence", "paragraph", NULL };
static const char *const pooling_words[] = { "mean", "first", "last", "max", NULL };
static const char *const metric_words[] = { "cosine", "dot", "euclidean", NULL };
static const char *const range_words[] = { "full", "unit", "stretch", "custom", NULL };
static const char *const order_words[] = { "typed", "by-unit", "clustered", NULL };
static const char *const shape_words[] = { "full", "lower", "against", NULL };
static const char *const color_words[] = { "unit", "sentence", "cosine", NULL };
static const char *const vector_words[] = { "dimension", "contribution", NULL };

#define ANALYSIS(type, key, member, words)                                                         \
  {                                                                                                \
    key, type, G_STRUCT_OFFSET (SemAnalysisOptions, member), words                                 \
  }
#define VIEW(type, key, member, words)                                                             \
  {                                                                                                \
    key, type, G_STRUCT_OFFSET (SemViewOptions, member), words                                     \
  }

static const SemField analysis_fields[] = {
  ANALYSIS (SEM_FIELD_ENUM, "unit", unit, unit_words),
  ANALYSIS (SEM_FIELD_ENUM, "pooling", pooling, pooling_words),
  ANALYSIS (SEM_FIELD_ENUM, "metric", metric, metric_words),
  ANALYSIS (SEM_FIELD_BOOLEAN, "centered", centered, NULL),
  ANALYSIS (SEM_FIELD_BOOLEAN, "special", special, NULL),
  ANALYSIS (SEM_FIELD_BOOLEAN, "merge_repeated_in_map", merge_repeated_in_map, NULL),
};

static const SemField view_fields[] = {
  VIEW (SEM_FIELD_ENUM, "range", range, range_words),
  VIEW (SEM_FIELD_DOUBLE, "range_min", range_min, NULL),
  VIEW (SEM_FIELD_DOUBLE, "range_max", range_max, NULL),
  VIEW (SEM_FIELD_ENUM, "order", order, order_words),
  VIEW (SEM_FIELD_SIZE, "order_unit", order_unit, NULL),
  VIEW (SEM_FIELD_ENUM, "shape", shape, shape_words),
  VIEW (SEM_FIELD_SIZE, "first_text", first_text, NULL),
  VIEW (SEM_FIELD_INTERNED, "color_map", color_map, NULL),
  VIEW (SEM_FIELD_DOUBLE_3, "heatmap_view", heatmap_view, NULL),
  VIEW (SEM_FIELD_SIZE, "component_x", component_x, NULL),
  VIEW (SEM_FIELD_SIZE, "component_y", component_y, NULL),
  VIEW (SEM_FIELD_INTERNED, "map_axes", map_axes, NULL),
  VIEW (SEM_FIELD_BOOLEAN, "map_depth", map_depth, NULL),
  VIEW (SEM_FIELD_DOUBLE, "map_yaw", map_yaw, NULL),
  VIEW (SEM_FIELD_DOUBLE, "map_pitch", map_pitch, NULL),
  VIEW (SEM_FIELD_ENUM, "color_by", color_by, color_words),
  VIEW (SEM_FIELD_SIZE, "color_unit", color_unit, NULL),
  VIEW (SEM_FIELD_BOOLEAN, "fade_misplaced", fade_misplaced, NULL),
  VIEW (SEM_FIELD_BOOLEAN, "nearby_words", nearby_words, NULL),
  VIEW (SEM_FIELD_BOOLEAN, "dim_function_words", dim_function_words, NULL),
  VIEW (SEM_FIELD_BOOLEAN, "show_spaces", show_spaces, NULL),
  VIEW (SEM_FIELD_BOOLEAN, "show_special", show_special, NULL),
  VIEW (SEM_FIELD_DOUBLE_3, "map_view", map_view, NULL),
  VIEW (SEM_FIELD_ENUM, "vector_order", vector_order, vector_words),
};

#define FIGURE(type, key, member)                                                                  \
  {                                                                                                \
    key, type, G_STRUCT_OFFSET (SemProjectFigure, member), NULL                                    \
  }

static const SemField figure_fields[] = {
  FIGURE (SEM_FIELD_DOUBLE, "width", width),
  FIGURE (SEM_FIELD_DOUBLE, "height", height),
  FIGURE (SEM_FIELD_DOUBLE, "scale", scale),
  FIGURE (SEM_FIELD_DOUBLE, "text_size", text_size),
  FIGURE (SEM_FIELD_INTERNED, "theme", theme),
  FIGURE (SEM_FIELD_BOOLEAN, "transparent", transparent),
  FIGURE (SEM_FIELD_BOOLEAN, "provenance", provenance),
};

G_STATIC_ASSERT (sizeof (SemViewport) == 3 * sizeof (double));
G_STATIC_ASSERT (sizeof (SemUnitKind) == sizeof (int));

SemProject *
sem_project_new (void)
{
  SemProject *self = g_new0 (SemProject, 1);
  self->text = g_strdup ("");
  self->view = (SemViewOptions)SEM_VIEW_OPTIONS_INIT;
  self->selection = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->page = g_strdup ("overview");
  return self;
}

void
sem_project_free (SemProject *self)
{
  g_free (self->text);
  g_free (self->model_path);
  g_free (self->model_name);
  g_free (self->model_hash);
  g_free (self->model_tensor);
  g_free (self->other_path);
  g_free (self->other_name);
  g_free (self->other_hash);
  g_clear_pointer (&self->frame, sem_pca_unref);
  g_array_unref (self->selection);
  g_free (self->page);
  sem_project_figure_clear (&self->figure);
  g_free (self);
}

void
sem_project_figure_clear (SemProjectFigure *self)
{
  g_free (self->title);
  g_free (self->caption);
  *self = (SemProjectFigure){ 0 };
}

void
sem_project_figure_copy (const SemProjectFigure *self, SemProjectFigure *to)
{
  *to = *self;
  to->title = g_strdup (self->title);
  to->caption = g_strdup (self->caption);
}

/* Doubles as base64 of their little-endian bytes: exact, and a third of the size of decimal. */
static json_t *
doubles_to_json (const double *values, gsize n)
{
  g_autofree guint64 *bits = g_new (guint64, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    {
      memcpy (&bits[i], &values[i], sizeof (double));
      bits[i] = GUINT64_TO_LE (bits[i]);
    }
  g_autofree char *text = g_base64_encode ((const guchar *)bits, n * sizeof (double));
  return json_string (text);
}

static gboolean
doubles_from_json (const json_t *value, const char *path, double *values, gsize n, GError **error)
{
  const char *text = json_string_value (value);
  gsize size = 0;
  g_autofree guchar *bytes = text != NULL && *text != '\0' ? g_base64_decode (text, &size) : NULL;
  if (bytes == NULL || size != n * sizeof (double))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "%s: expected base64 of %" G_GSIZE_FORMAT " doubles, found %" G_GSIZE_FORMAT
                   " bytes",
                   path, n, size);
      return FALSE;
    }
  for (gsize i = 0; i < n; i++)
    {
      guint64 bits;
      memcpy (&bits, bytes + i * sizeof bits, sizeof bits);
      bits = GUINT64_FROM_LE (bits);
      memcpy (&values[i], &bits, sizeof bits);
      if (!isfinite (values[i]))
        {
          g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                       "%s: number %" G_GSIZE_FORMAT " is not finite", path, i);
          return FALSE;
        }
    }
  return TRUE;
}

static json_t *
frame_to_json (SemPca *frame)
{
  gsize k = sem_pca_get_n_components (frame), dim = sem_pca_get_dim (frame);
  g_autofree double *components = g_new (double, MAX (k * dim, 1));
  json_t *ratios = json_array ();
  for (gsize c = 0; c < k; c++)
    {
      memcpy (components + c * dim, sem_pca_get_component (frame, c), dim * sizeof (double));
      json_array_append_new (ratios, json_real (sem_pca_get_explained_variance_ratio (frame, c)));
    }
  return json_pack ("{s:I, s:o, s:f, s:o, s:o}", "dim", (json_int_t)dim, "explained_variance_ratio",
                    ratios, "total_variance", sem_pca_get_total_variance (frame), "mean",
                    doubles_to_json (sem_pca_get_mean (frame), dim), "components",
                    doubles_to_json (components, k * dim));
}

static SemPca *
frame_from_json (const json_t *value, GError **error)
{
  const json_t *dim_value = json_object_get (value, "dim"),
               *ratio_value = json_object_get (value, "explained_variance_ratio");
  const json_t *total = json_object_get (value, "total_variance");
  json_int_t dim = json_integer_value (dim_value);
  gsize k = json_array_size (ratio_value);
  if (dim < 1 || dim > MAX_DIM || k < 1 || k > SEM_PCA_MAX_COMPONENTS || !json_is_number (total)
      || !(json_number_value (total) >= 0))
    {
      g_set_error (
          error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
          "frame: expected dim from 1 to %d, 1 to %d explained_variance_ratio and a total_variance",
          MAX_DIM, SEM_PCA_MAX_COMPONENTS);
      return NULL;
    }
  g_autofree double *mean = g_new (double, (gsize)dim), *components = g_new (double, k *(gsize)dim);
  double ratios[SEM_PCA_MAX_COMPONENTS];
  for (gsize c = 0; c < k; c++)
    {
      ratios[c] = json_number_value (json_array_get (ratio_value, c));
      if (!(ratios[c] >= 0 && ratios[c] <= 1 + 1e-9))
        {
          g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                       "frame.explained_variance_ratio[%" G_GSIZE_FORMAT
                       "]: expected a number from 0 to 1",
                       c);
          return NULL;
        }
    }
  if (!doubles_from_json (json_object_get (value, "mean"), "frame.mean", mean, (gsize)dim, error)
      || !doubles_from_json (json_object_get (value, "components"), "frame.components", components,
                             k * (gsize)dim, error))
    return NULL;
  return sem_pca_new_from_basis ((gsize)dim, k, mean, components, ratios,
                                 json_number_value (total));
}

static json_t *
string_or_null (const char *text)
{
  return text != NULL ? json_string (text) : json_null ();
}

static json_t *
figure_to_json (const SemProjectFigure *figure)
{
  json_t *object = sem_fields_to_json (figure_fields, G_N_ELEMENTS (figure_fields), figure);
  json_object_set_new (object, "title", string_or_null (figure->title));
  json_object_set_new (object, "caption", string_or_null (figure->caption));
  return object;
}

GBytes *
sem_project_to_json (const SemProject *self)
{
  json_t *selection = json_array ();
  for (guint i = 0; i < self->selection->len; i++)
    json_array_append_new (selection,
                           json_integer ((json_int_t)g_array_index (self->selection, gsize, i)));
  json_t *root = json_pack (
      "{s:s, s:i, s:s, s:s, s:{s:o, s:o, s:o}, s:o, s:o, s:s, s:o}", "format", FORMAT_NAME,
      "version", SEM_PROJECT_VERSION, "program", SEM_VERSION, "text", self->text, "model", "path",
      string_or_null (self->model_path), "name", string_or_null (self->model_name), "hash",
      string_or_null (self->model_hash), "analysis",
      sem_fields_to_json (analysis_fields, G_N_ELEMENTS (analysis_fields), &self->options), "view",
      sem_fields_to_json (view_fields, G_N_ELEMENTS (view_fields), &self->view), "page", self->page,
      "selection", selection);
  if (self->model_tensor != NULL)
    json_object_set_new (json_object_get (root, "model"), "tensor",
                         json_string (self->model_tensor));
  if (self->figure.width > 0)
    json_object_set_new (root, "figure", figure_to_json (&self->figure));
  if (self->has_other)
    json_object_set_new (root, "other_model",
                         json_pack ("{s:o, s:o, s:o}", "path", string_or_null (self->other_path),
                                    "name", string_or_null (self->other_name), "hash",
                                    string_or_null (self->other_hash)));
  if (self->frame != NULL)
    json_object_set_new (root, "frame", frame_to_json (self->frame));
  char *text = json_dumps (root, JSON_INDENT (2) | JSON_REAL_PRECISION (17));
  gsize length = strlen (text);
  char *with_newline = g_malloc (length + 1);
  memcpy (with_newline, text, length);
  with_newline[length] = '\n';
  free (text);
  json_decref (root);
  return g_bytes_new_take (with_newline, length + 1);
}

/* A text member: copies it to *out, which keeps its value when the key is missing or null. */
static gboolean
read_text (const json_t *object, const char *key, const char *path, char **out, GError **error)
{
  const json_t *value = json_object_get (object, key);
  if (value == NULL || json_is_null (value))
    return TRUE;
  if (!json_is_string (value) || strlen (json_string_value (value)) != json_string_length (value))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "%s%s: expected a text without NUL characters", path, key);
      return FALSE;
    }
  g_free (*out);
  *out = g_strdup (json_string_value (value));
  return TRUE;
}

static gboolean
read_selection (const json_t *value, GArray *selection, GError **error)
{
  size_t i;
  json_t *item;
  if (value != NULL && (!json_is_array (value) || json_array_size (value) > MAX_SELECTED))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "selection: expected an array of at most %d numbers", MAX_SELECTED);
      return FALSE;
    }
  json_array_foreach (value, i, item)
  {
    gsize unit = json_is_integer (item) && json_integer_value (item) >= 0
                     ? (gsize)json_integer_value (item)
                     : G_MAXSIZE;
    if (unit == G_MAXSIZE)
      {
        g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                     "selection[%zu]: expected a unit's number", i);
        return FALSE;
      }
    g_array_append_val (selection, unit);
  }
  return TRUE;
}

static gboolean
check_axes (const char *axes, GError **error)
{
  char *words[4];
  g_autoptr (GError) problem = NULL;
  if (!sem_axes_parse (axes, words, &problem))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE, "view.map_axes: %s",
                   problem->message);
      return FALSE;
    }
  for (guint i = 0; i < 4; i++)
    g_free (words[i]);
  return TRUE;
}

static gboolean
check_view (const SemViewOptions *view, GError **error)
{
  const SemViewport *ports[] = { &view->heatmap_view, &view->map_view };
  for (gsize i = 0; i < G_N_ELEMENTS (ports); i++)
    if (ports[i]->zoom < 1e-3 || ports[i]->zoom > 1e6)
      {
        g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                     "view: a zoom of %g, allowed are 0.001 to 1000000", ports[i]->zoom);
        return FALSE;
      }
  if (view->component_x >= SEM_PCA_MAX_COMPONENTS || view->component_y >= SEM_PCA_MAX_COMPONENTS)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "view: components are numbered 0 to %d", SEM_PCA_MAX_COMPONENTS - 1);
      return FALSE;
    }
  if (!(fabs (view->map_yaw) <= 360.0) || !(fabs (view->map_pitch) <= 360.0))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "view: a map turned by %g and %g degrees, allowed are -360 to 360",
                   view->map_yaw, view->map_pitch);
      return FALSE;
    }
  if (view->map_axes != NULL && !check_axes (view->map_axes, error))
    return FALSE;
  if (!(view->range_min < view->range_max))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "view: range_min %g is not below range_max %g", view->range_min,
                   view->range_max);
      return FALSE;
    }
  return TRUE;
}

/* Its limits are the exporter's, which says so when one is passed; here they only have to be
 * numbers. */
static gboolean
read_figure (SemProjectFigure *figure, const json_t *object, GError **error)
{
  if (object == NULL || json_is_null (object))
    return TRUE;
  if (!sem_fields_from_json (figure_fields, G_N_ELEMENTS (figure_fields), object, "figure", figure,
                             error)
      || !read_text (object, "title", "figure.", &figure->title, error)
      || !read_text (object, "caption", "figure.", &figure->caption, error))
    return FALSE;
  if (figure->width > 0 && figure->height > 0 && figure->scale > 0 && figure->text_size >= 0)
    return TRUE;
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
               "figure: width %g, height %g and scale %g must be above 0, text_size %g not below",
               figure->width, figure->height, figure->scale, figure->text_size);
  return FALSE;
}

static gboolean
read_other (SemProject *self, const json_t *other, GError **error)
{
  if (other == NULL || json_is_null (other))
    return TRUE;
  if (!json_is_object (other))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "other_model: expected an object or null");
      return FALSE;
    }
  self->has_other = TRUE;
  return read_text (other, "path", "other_model.", &self->other_path, error)
         && read_text (other, "name", "other_model.", &self->other_name, error)
         && read_text (other, "hash", "other_model.", &self->other_hash, error);
}

static gboolean
read_root (SemProject *self, const json_t *root, GError **error)
{
  const json_t *version = json_object_get (root, "version"),
               *frame = json_object_get (root, "frame");
  const json_t *model = json_object_get (root, "model");
  if (g_strcmp0 (json_string_value (json_object_get (root, "format")), FORMAT_NAME) != 0
      || !json_is_integer (version))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "not a Semblance project: its 'format' is not '" FORMAT_NAME "'");
      return FALSE;
    }
  if (json_integer_value (version) != SEM_PROJECT_VERSION)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED,
                   "project version %" JSON_INTEGER_FORMAT ", this program reads version %d",
                   json_integer_value (version), SEM_PROJECT_VERSION);
      return FALSE;
    }
  if (!json_is_string (json_object_get (root, "text")))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING, "text: expected a text");
      return FALSE;
    }
  const json_t *analysis = json_object_get (root, "analysis"),
               *view = json_object_get (root, "view");
  if (!read_text (root, "text", "", &self->text, error)
      || !read_text (root, "page", "", &self->page, error)
      || !read_text (model, "path", "model.", &self->model_path, error)
      || !read_text (model, "name", "model.", &self->model_name, error)
      || !read_text (model, "hash", "model.", &self->model_hash, error)
      || !read_text (model, "tensor", "model.", &self->model_tensor, error)
      || !read_other (self, json_object_get (root, "other_model"), error)
      || (analysis != NULL
          && !sem_fields_from_json (analysis_fields, G_N_ELEMENTS (analysis_fields), analysis,
                                    "analysis", &self->options, error))
      || (view != NULL
          && !sem_fields_from_json (view_fields, G_N_ELEMENTS (view_fields), view, "view",
                                    &self->view, error))
      || !check_view (&self->view, error)
      || !read_figure (&self->figure, json_object_get (root, "figure"), error)
      || !read_selection (json_object_get (root, "selection"), self->selection, error))
    return FALSE;
  if (frame != NULL && !json_is_null (frame))
    self->frame = frame_from_json (frame, error);
  return frame == NULL || json_is_null (frame) || self->frame != NULL;
}

SemProject *
sem_project_from_json (GBytes *bytes, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  json_error_t problem;
  if (size > SEM_PROJECT_MAX_BYTES)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                   "%" G_GSIZE_FORMAT " bytes, a project has at most %" G_GUINT64_FORMAT, size,
                   SEM_PROJECT_MAX_BYTES);
      return NULL;
    }
  json_t *root = json_loadb (size > 0 ? data : "", size, JSON_REJECT_DUPLICATES, &problem);
  if (root == NULL)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "line %d, column %d: not JSON: %s", problem.line, problem.column, problem.text);
      return NULL;
    }
  SemProject *self = sem_project_new ();
  if (!read_root (self, root, error))
    g_clear_pointer (&self, sem_project_free);
  json_decref (root);
  return self;
}

gboolean
sem_project_is_name (const char *name)
{
  return g_str_has_suffix (name, ".semblance");
}

SemProject *
sem_project_load (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = g_file_get_parse_name (file);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, cancellable, error);
  if (info == NULL)
    return NULL;
  if ((guint64)g_file_info_get_size (info) > SEM_PROJECT_MAX_BYTES)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                   "%s: larger than the %" G_GUINT64_FORMAT " bytes of a project", name,
                   SEM_PROJECT_MAX_BYTES);
      return NULL;
    }
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, cancellable, NULL, error);
  SemProject *self = bytes != NULL ? sem_project_from_json (bytes, error) : NULL;
  if (self == NULL)
    g_prefix_error (error, "%s: ", name);
  return self;
}

gboolean
sem_project_save (const SemProject *self, GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = sem_project_to_json (self);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  return sem_file_replace (file, data, size, G_FILE_CREATE_NONE, cancellable, error);
}

static SemModel *
open_model (const char *path,
            const char *tensor,
            const char *hash,
            char **warning,
            GCancellable *cancellable,
            GError **error)
{
  SemModelOpenOptions options = { .tensor = tensor, .tokenizer_only_ok = TRUE };
  SemModel *model = sem_model_open (path, &options, cancellable, error);
  if (warning != NULL)
    *warning = NULL;
  if (model != NULL && warning != NULL && hash != NULL
      && g_strcmp0 (hash, sem_model_get_hash (model)) != 0)
    *warning = g_strdup_printf ("the model %s is not the one this project was saved with (%s, it "
                                "is %s): numbers may differ",
                                sem_model_get_name (model), hash, sem_model_get_hash (model));
  return model;
}

SemModel *
sem_project_open_model (const SemProject *self,
                        char **warning,
                        GCancellable *cancellable,
                        GError **error)
{
  return open_model (self->model_path, self->model_tensor, self->model_hash, warning, cancellable,
                     error);
}

SemModel *
sem_project_open_other (const SemProject *self,
                        char **warning,
                        GCancellable *cancellable,
                        GError **error)
{
  if (warning != NULL)
    *warning = NULL;
  if (!self->has_other)
    return NULL;
  return open_model (self->other_path, NULL, self->other_hash, warning, cancellable, error);
}

void
sem_project_clamp (SemProject *self, gsize n_units)
{
  for (guint i = self->selection->len; i > 0; i--)
    if (g_array_index (self->selection, gsize, i - 1) >= n_units)
      g_array_remove_index (self->selection, i - 1);
  if (self->view.color_unit >= n_units)
    self->view.color_unit = G_MAXSIZE;
  if (self->view.order_unit >= n_units)
    {
      self->view.order_unit = G_MAXSIZE;
      if (self->view.order == SEM_ORDER_BY_UNIT)
        self->view.order = SEM_ORDER_TYPED;
    }
}
