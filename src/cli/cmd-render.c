/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semblance-cli render: a picture of a text or project as a file, drawn by the window's own
 * functions. */
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/figure-option.h"
#include "cli/render-project.h"
#include "core/analysis/axes.h"
#include "core/error.h"
#include "draw/export.h"

#include <math.h>
#include <string.h>

#define MAX_SELECTED 64

/* What the options about the view say, as they were given. */
typedef struct
{
  SemFigureOptions figure;
  char *components, *axes, *turn, *color_by, *range, *order, *map, *shape, *select, *against;
  gboolean spaces, nearby, by_contribution;
} Given;

static void
given_clear (Given *given)
{
  char **strings[]
      = { &given->components, &given->axes, &given->turn,  &given->color_by, &given->range,
          &given->order,      &given->map,  &given->shape, &given->select,   &given->against };

  sem_figure_options_clear (&given->figure);
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    g_clear_pointer (strings[i], g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Given, given_clear)

/* Two numbers with one of the separators' characters between them; nothing may follow. */
static gboolean
parse_two (const char *text, const char *separator, double *a, double *b)
{
  const char *middle = strstr (text, separator);
  char *end;

  if (middle == NULL)
    return FALSE;
  *a = g_ascii_strtod (text, &end);
  if (end == text || end != middle || !isfinite (*a))
    return FALSE;
  middle += strlen (separator);
  *b = g_ascii_strtod (middle, &end);
  return end != middle && *end == '\0' && isfinite (*b);
}

static gboolean
parse_range (const char *text, SemViewOptions *view)
{
  if (text == NULL || strcmp (text, "full") == 0)
    view->range = SEM_RANGE_FULL;
  else if (strcmp (text, "unit") == 0)
    view->range = SEM_RANGE_UNIT;
  else if (strcmp (text, "stretch") == 0)
    view->range = SEM_RANGE_STRETCH;
  else if (parse_two (text, "..", &view->range_min, &view->range_max)
           && view->range_min < view->range_max)
    view->range = SEM_RANGE_CUSTOM;
  else
    {
      sem_command_usage_error ("--range=%s: it can be full, unit, stretch or MIN..MAX", text);
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_turn (const char *text, SemViewOptions *view)
{
  if (text == NULL)
    return TRUE;
  view->map_depth = TRUE;
  if (parse_two (text, ",", &view->map_yaw, &view->map_pitch) && fabs (view->map_yaw) <= 360.0
      && fabs (view->map_pitch) <= 90.0)
    return TRUE;
  sem_command_usage_error (
      "--turn=%s: degrees from -360 to 360 and from -90 to 90 are needed, like 30,-20", text);
  return FALSE;
}

/* Which unit cosine:WORD names is the text's matter: find_units(). */
static gboolean
parse_color_by (const char *text, SemViewOptions *view)
{
  if (text == NULL || strcmp (text, "unit") == 0)
    view->color_by = SEM_COLOR_BY_UNIT;
  else if (strcmp (text, "sentence") == 0)
    view->color_by = SEM_COLOR_BY_SENTENCE;
  else if (g_str_has_prefix (text, "cosine:"))
    view->color_by = SEM_COLOR_BY_COSINE;
  else
    {
      sem_command_usage_error ("--color-by=%s: it can be unit, sentence or cosine:WORD", text);
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_components (const char *text, SemViewOptions *view)
{
  double x, y;

  if (text == NULL)
    return TRUE;
  if (!parse_two (text, ",", &x, &y) || x != floor (x) || y != floor (y) || x < 1.0 || y < 1.0
      || x > SEM_PCA_MAX_COMPONENTS || y > SEM_PCA_MAX_COMPONENTS)
    {
      sem_command_usage_error ("--components=%s: two numbers from 1 to %d are needed, like 1,2",
                               text, SEM_PCA_MAX_COMPONENTS);
      return FALSE;
    }
  view->component_x = (gsize)x - 1;
  view->component_y = (gsize)y - 1;
  return TRUE;
}

static gboolean
parse_view (const Given *given, SemViewOptions *view)
{
  if (!parse_range (given->range, view) || !parse_components (given->components, view)
      || !sem_command_check_axes (given->axes) || !parse_turn (given->turn, view)
      || !parse_color_by (given->color_by, view))
    return FALSE;
  view->map_axes = g_intern_string (given->axes);
  if (given->map != NULL && sem_color_map_get (given->map) == NULL)
    {
      gsize n;
      const SemColorMap *const *maps = sem_color_maps_list (&n);
      g_autoptr (GString) names = g_string_new (NULL);

      for (gsize i = 0; i < n; i++)
        g_string_append_printf (names, "%s%s",
                                i == 0      ? ""
                                : i + 1 < n ? ", "
                                            : " or ",
                                sem_color_map_get_id (maps[i]));
      sem_command_usage_error ("--color-map=%s: it can be %s", given->map, names->str);
      return FALSE;
    }
  view->color_map = given->map != NULL ? g_intern_string (given->map) : NULL;
  if (given->shape != NULL && strcmp (given->shape, "lower") == 0)
    view->shape = SEM_SHAPE_LOWER;
  else if (given->against != NULL
           || (given->shape != NULL && strcmp (given->shape, "against") == 0))
    view->shape = SEM_SHAPE_AGAINST;
  else if (given->shape != NULL && strcmp (given->shape, "full") != 0)
    {
      sem_command_usage_error ("--shape=%s: it can be full, lower or against", given->shape);
      return FALSE;
    }
  if (given->order != NULL && strcmp (given->order, "clustered") == 0)
    view->order = SEM_ORDER_CLUSTERED;
  else if (given->order != NULL && strcmp (given->order, "typed") != 0
           && !g_str_has_prefix (given->order, "by:"))
    {
      sem_command_usage_error ("--order=%s: it can be typed, clustered or by:WORD", given->order);
      return FALSE;
    }
  view->show_spaces = given->spaces;
  view->nearby_words = given->nearby;
  view->vector_order
      = given->by_contribution ? SEM_VECTOR_ORDER_CONTRIBUTION : SEM_VECTOR_ORDER_DIMENSION;
  return TRUE;
}

/* The unit a word names: written alike, or else alike but for case. */
static gboolean
find_unit (SemAnalysis *analysis, const char *word, gsize *unit, GError **error)
{
  SemUnits *units = sem_analysis_get_units (analysis);
  gsize n = sem_analysis_get_n (analysis);
  g_autofree char *folded = NULL;

  if (!sem_command_check_utf8 ("the word", word, strlen (word), error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (strcmp (sem_units_get (units, i)->label, word) == 0)
      {
        *unit = i;
        return TRUE;
      }
  folded = g_utf8_casefold (word, -1);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *label = g_utf8_casefold (sem_units_get (units, i)->label, -1);

      if (strcmp (label, folded) == 0)
        {
          *unit = i;
          return TRUE;
        }
    }
  g_set_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_VOCABULARY, "no %s '%s' in the text",
               sem_unit_kind_get_id (sem_analysis_get_options (analysis)->unit), word);
  return FALSE;
}

/* --select=A,B and --order=by:A name units of this text. */
static gboolean
find_units (SemAnalysis *analysis,
            const Given *given,
            SemViewOptions *view,
            gsize *selected,
            gsize *n_selected,
            GError **error)
{
  g_auto (GStrv) words
      = given->select != NULL ? g_strsplit (given->select, ",", MAX_SELECTED) : NULL;

  *n_selected = 0;
  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    {
      gsize unit;
      gboolean seen = FALSE;

      if (!find_unit (analysis, g_strstrip (words[i]), &unit, error))
        return FALSE;
      for (gsize k = 0; k < *n_selected; k++)
        seen = seen || selected[k] == unit;
      if (!seen)
        selected[(*n_selected)++] = unit;
    }
  if (view->color_by == SEM_COLOR_BY_COSINE
      && !find_unit (analysis, given->color_by + strlen ("cosine:"), &view->color_unit, error))
    return FALSE;
  if (given->order == NULL || !g_str_has_prefix (given->order, "by:"))
    return TRUE;
  view->order = SEM_ORDER_BY_UNIT;
  return find_unit (analysis, given->order + 3, &view->order_unit, error);
}

/* Says why a figure could not be made: its size is usage, the rest is input. */
static int
fail (const GError *error)
{
  if (g_error_matches (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT))
    return sem_command_usage_error ("%s", error->message);
  return sem_command_fail (error);
}

static int
finish (const SemCommandOptions *options,
        const Given *given,
        SemAnalysis *analysis,
        const SemViewOptions *view,
        const SemFocus *focus,
        const SemFigure *figure)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = sem_figure_render (analysis, view, focus, figure, &error);

  if (bytes == NULL)
    return fail (error);
  if (!sem_figure_options_write_data (&given->figure, options->output, analysis, view, focus,
                                      figure, &error))
    return sem_command_fail (error);
  return sem_command_finish (options, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* A window says in the map what is wrong with the words of its axes; a command fails. */
static gboolean
check_words (SemAnalysis *analysis, const char *description, GError **error)
{
  g_autoptr (SemAxes) axes = NULL;

  if (!sem_analysis_has_vectors (analysis))
    return TRUE;
  axes = sem_axes_new (sem_analysis_get_model (analysis), description,
                       sem_analysis_get_options (analysis)->pooling, error);
  return axes != NULL;
}

static int
render (SemCommandOptions *options, const Given *given, SemFigure *figure, SemViewOptions *view)
{
  gsize selected[MAX_SELECTED];
  SemFocus focus = { .hover = SEM_ITEM_INIT, .selected = selected };
  g_autoptr (GError) error = NULL;
  g_autoptr (SemAnalysis) analysis = NULL;
  g_autoptr (SemComparison) comparison = NULL;
  /* Tokens can be shown without vectors. */
  const gboolean without_vectors = figure->picture == SEM_PICTURE_TOKENS;
  gsize first_text = 0;

  options->against = g_strdup (given->against);
  if (sem_command_has_two (options))
    comparison = sem_command_compare (options, without_vectors, &first_text, &error);
  else
    analysis = sem_command_analyze_two (options, without_vectors, &first_text, &error);
  if (comparison != NULL)
    analysis = sem_analysis_ref (sem_comparison_get_first (comparison));
  figure->comparison = comparison;
  view->first_text = MAX (first_text, 1);
  if (analysis == NULL || !find_units (analysis, given, view, selected, &focus.n_selected, &error))
    return sem_command_fail (error);
  if (view->map_axes != NULL && !check_words (analysis, view->map_axes, &error))
    return sem_command_fail (error);
  view->show_special = options->special;
  return finish (options, given, analysis, view, &focus, figure);
}

static int
render_project (const SemCommandOptions *options, const Given *given, SemFigure *figure)
{
  const char *path = options->arguments[0];
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (SemProject) project = sem_project_load (file, NULL, &error);
  g_autoptr (SemAnalysis) analysis = NULL;
  g_autoptr (SemComparison) comparison = NULL;

  if (project == NULL)
    return sem_command_fail (error);
  sem_render_project_get_figure (project, figure);
  if (!sem_figure_options_apply (&given->figure, options->output, figure))
    return SEM_EXIT_USAGE;
  analysis = sem_render_project_analyze (project, path, &error);
  if (analysis == NULL)
    return sem_command_fail (error);
  comparison = sem_render_project_compare (project, path, analysis);
  figure->comparison = comparison;
  const SemFocus focus = { SEM_ITEM_INIT, (const gsize *)(gpointer)project->selection->data,
                           project->selection->len };
  return finish (options, given, analysis, &project->view, &focus, figure);
}

int
sem_cmd_render (int argc, char **argv)
{
  g_auto (Given) given = { { NULL } };
  g_auto (SemCommandOptions) options = { NULL };
  SemViewOptions view = SEM_VIEW_OPTIONS_INIT;
  SemFigure figure = { .width = 1280.0, .height = 860.0, .scale = 1.0 };
  const GOptionEntry own[] = {
    { "select", 0, 0, G_OPTION_ARG_FILENAME, &given.select, "Mark these words; two are a pair",
      "A,B" },
    { "range", 0, 0, G_OPTION_ARG_FILENAME, &given.range,
      "Of the colours: full, unit, stretch or MIN..MAX", "RANGE" },
    { "order", 0, 0, G_OPTION_ARG_FILENAME, &given.order,
      "Of the heatmap: typed, clustered or by:WORD", "ORDER" },
    { "shape", 0, 0, G_OPTION_ARG_FILENAME, &given.shape,
      "Of the heatmap: full, lower or against (the first paragraph's units as rows)", "SHAPE" },
    { "against", 0, 0, G_OPTION_ARG_FILENAME, &given.against,
      "A second text: its units are the heatmap's columns, those of TEXT its rows", "TEXT" },
    { "color-map", 0, 0, G_OPTION_ARG_FILENAME, &given.map,
      "Of the heatmap and the vectors, like purple-green", "MAP" },
    { "axes", 0, 0, G_OPTION_ARG_FILENAME, &given.axes,
      "Of the map, from word pairs: man:woman,small:big", "A:B,C:D" },
    { "turn", 0, 0, G_OPTION_ARG_FILENAME, &given.turn,
      "Of the map: the next component as depth, turned by so many degrees", "YAW,PITCH" },
    { "color-by", 0, 0, G_OPTION_ARG_FILENAME, &given.color_by,
      "Of the map: unit, sentence or cosine:WORD (default: unit)", "WHAT" },
    { "components", 0, 0, G_OPTION_ARG_FILENAME, &given.components, "Of the map (default: 1,2)",
      "X,Y" },
    { "nearby", 0, 0, G_OPTION_ARG_NONE, &given.nearby,
      "Of the map: the nearest words of the vocabulary behind it", NULL },
    { "spaces", 0, 0, G_OPTION_ARG_NONE, &given.spaces, "Show the blanks of tokens", NULL },
    { "by-contribution", 0, 0, G_OPTION_ARG_NONE, &given.by_contribution,
      "Dimensions by their share of the pair's dot product", NULL },
    { NULL },
  };
  GOptionEntry extra[SEM_N_FIGURE_OPTIONS + G_N_ELEMENTS (own)];

  sem_figure_options_fill_entries (&given.figure, extra);
  memcpy (extra + SEM_N_FIGURE_OPTIONS, own, sizeof own);
  if (!sem_command_parse ("TEXT|PROJECT.semblance",
                          SEM_TAKES_MODELS | SEM_TAKES_UNIT | SEM_TAKES_CENTER | SEM_TAKES_OUTPUT,
                          extra, argc, argv, &options)
      || !sem_command_check_arguments (&options, 1, G_MAXUINT)
      || !sem_command_check_models (&options))
    return SEM_EXIT_USAGE;
  if (!parse_view (&given, &view))
    return SEM_EXIT_USAGE;
  if (sem_render_is_project (&options))
    return render_project (&options, &given, &figure);
  if (!sem_figure_options_apply (&given.figure, options.output, &figure))
    return SEM_EXIT_USAGE;
  return render (&options, &given, &figure, &view);
}
