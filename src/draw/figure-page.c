/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A figure's page: title, picture, caption.  The words take the room they need, up to a part of the
 * page, and the picture is laid out in what is left. */
#include "config.h"
#include "draw/canvas.h"
#include "draw/colorbar-scale.h"
#include "draw/export-private.h"
#include "draw/i18n.h"

#include <math.h>

#define MARGIN 14.0 /* around a single picture */
#define MAX_TITLE_LINES 3
#define MAX_CAPTION_LINES 12
#define MAX_WORDS_SHARE 0.3 /* of the height, for title and for caption each */
#define LINE_STEP 1.25
#define HASH_SHOWN 12

/* --- provenance
 * ----------------------------------------------------------------------------------- */

static const char *
get_unit_title (SemUnitKind kind)
{
  switch (kind)
    {
    case SEM_UNIT_TOKEN:
      return _ ("tokens");
    case SEM_UNIT_CHARACTER:
      return _ ("characters");
    case SEM_UNIT_SENTENCE:
      return _ ("sentences");
    case SEM_UNIT_PARAGRAPH:
      return _ ("paragraphs");
    case SEM_UNIT_WORD:
    default:
      return _ ("words");
    }
}

static const char *
get_pooling_title (SemPooling pooling)
{
  switch (pooling)
    {
    case SEM_POOLING_FIRST:
      return _ ("vector of the first token");
    case SEM_POOLING_LAST:
      return _ ("vector of the last token");
    case SEM_POOLING_MAX:
      return _ ("maximum of the tokens");
    case SEM_POOLING_MEAN:
    default:
      return _ ("mean of the tokens");
    }
}

static const char *
get_metric_title (const SemAnalysisOptions *options)
{
  switch (options->metric)
    {
    case SEM_METRIC_DOT:
      return options->centered ? _ ("centred dot product") : _ ("dot product");
    case SEM_METRIC_EUCLIDEAN:
      return _ ("Euclidean distance");
    case SEM_METRIC_COSINE:
    default:
      return options->centered ? _ ("centred cosine") : _ ("cosine, not centred");
    }
}

static void
append_range (GString *out, SemAnalysis *analysis, const SemViewOptions *options)
{
  SemValueScale scale;
  g_autofree char *min = NULL, *max = NULL;

  sem_value_scale_init (&scale, options, sem_analysis_get_options (analysis)->metric,
                        sem_analysis_get_pair_statistics (analysis));
  min = sem_text_dup_number (scale.min, 2);
  max = sem_text_dup_number (scale.max, 2);
  g_string_append (out, " · ");
  /* Translators: the range of a heatmap's colours */
  g_string_append_printf (out, _ ("colours from %s to %s"), min, max);
}

/* What the map's two axes are: word pairs, or components with their shares of the variance. */
static void
append_components (GString *out, SemAnalysis *analysis, const SemViewOptions *options)
{
  SemPca *pca = sem_analysis_get_pca (analysis);
  gsize last = sem_pca_get_n_components (pca) - 1;
  gsize axes[2] = { MIN (options->component_x, last), MIN (options->component_y, last) };

  if (options->map_axes != NULL)
    {
      g_string_append (out, " · ");
      /* Translators: the map's axes, from one word to another: man:woman, small:big */
      g_string_append_printf (out, _ ("axes %s"), options->map_axes);
      return;
    }
  for (int i = 0; i < 2; i++)
    {
      double ratio = sem_pca_get_explained_variance_ratio (pca, axes[i]);
      g_autofree char *share = sem_text_dup_number (100.0 * ratio, 1);

      g_string_append_printf (out, "%sPC%lu %s %%", i == 0 ? " · " : ", ", (gulong)axes[i] + 1,
                              share);
    }
}

static char *
dup_provenance_of_one (SemAnalysis *analysis, const SemViewOptions *options, SemPictureKind picture)
{
  const SemAnalysisOptions *how = sem_analysis_get_options (analysis);
  SemModel *model = sem_analysis_get_model (analysis);
  gboolean is_overview = picture == SEM_PICTURE_OVERVIEW;
  GString *out = g_string_new (sem_model_get_name (model));

  if (*sem_model_get_hash (model) != '\0')
    g_string_append_printf (out, " (%.*s)", HASH_SHOWN, sem_model_get_hash (model));
  g_string_append_printf (out, " · %s", get_unit_title (how->unit));
  if (sem_analysis_has_vectors (analysis) && picture != SEM_PICTURE_TOKENS)
    {
      g_string_append_printf (out, " · %s", get_pooling_title (how->pooling));
      if (is_overview || picture == SEM_PICTURE_SIMILARITY)
        {
          g_string_append_printf (out, " · %s", get_metric_title (how));
          append_range (out, analysis, options);
        }
      if (is_overview || picture == SEM_PICTURE_MAP)
        append_components (out, analysis, options);
    }
  g_string_append (out, " · Semblance " SEM_VERSION);
  return g_string_free (out, FALSE);
}

gboolean
sem_figure_shows_two (const SemFigure *figure)
{
  return figure->comparison != NULL && figure->picture != SEM_PICTURE_OVERVIEW
         && figure->picture != SEM_PICTURE_VECTORS;
}

char *
sem_figure_dup_provenance (SemAnalysis *analysis,
                           const SemViewOptions *options,
                           const SemFigure *figure)
{
  g_autofree char *alone = dup_provenance_of_one (analysis, options, figure->picture);
  SemModel *other;

  if (!sem_figure_shows_two (figure))
    return g_steal_pointer (&alone);
  other = sem_analysis_get_model (sem_comparison_get_second (figure->comparison));
  /* Translators: what one model's figure shows, then the other model's name and hash. */
  return g_strdup_printf (_ ("%s · compared with %s (%.*s)"), alone, sem_model_get_name (other),
                          HASH_SHOWN, sem_model_get_hash (other));
}

/* --- words
 * ---------------------------------------------------------------------------------------- */

/* Some lines of one role, drawn from the top. */
typedef struct
{
  SemTextContext *text; /* borrowed */
  SemFontRole role;
  const char *words; /* borrowed */
  GArray *lines;     /* SemTextLine */
  double width, ascent, step;
} Block;

static double
block_init (Block *self,
            SemTextContext *text,
            SemFontRole role,
            const char *words,
            double width,
            double max_height,
            gsize max_lines)
{
  SemTextSize extents;
  gboolean complete;
  gsize room;

  *self = (Block){ .text = text, .role = role, .words = words, .width = width };
  if (words == NULL || *words == '\0')
    return 0.0;
  sem_text_measure (text, role, 0.0, "Xg", &extents);
  self->ascent = extents.ascent;
  self->step = extents.height * LINE_STEP;
  room = (gsize)MAX (max_height / self->step, 1.0);
  self->lines = sem_text_wrap (text, role, 0.0, words, width, MIN (room, max_lines), &complete);
  return self->step * (double)self->lines->len;
}

static void
block_draw (const Block *self, double x, double y, SemRgba color, cairo_t *cr)
{
  for (guint i = 0; self->lines != NULL && i < self->lines->len; i++)
    {
      const SemTextLine *line = &g_array_index (self->lines, SemTextLine, i);
      g_autofree char *words = g_strndup (self->words + line->start, line->length);
      g_autofree char *shown
          = sem_text_dup_elided (self->text, self->role, 0.0, g_strchomp (words), self->width);

      sem_text_draw (self->text, cr, self->role, 0.0, shown, x,
                     y + self->ascent + self->step * (double)i, 0.0, color);
    }
}

static void
block_clear (Block *self)
{
  g_clear_pointer (&self->lines, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Block, block_clear)

/* --- the page
 * ------------------------------------------------------------------------------------- */

static SemLayout *
make_layout (SemPictureKind kind, const SemLayoutInput *input, const SemFocus *focus)
{
  switch (kind)
    {
    case SEM_PICTURE_TOKENS:
      return sem_token_pair_layout_new (input);
    case SEM_PICTURE_SIMILARITY:
      return sem_heatmap_pair_layout_new (input);
    case SEM_PICTURE_MAP:
      return sem_map_pair_layout_new (input);
    case SEM_PICTURE_VECTORS:
      return sem_vectors_layout_new (input, focus);
    case SEM_PICTURE_OVERVIEW:
    default:
      return sem_overview_layout_new (input, focus);
    }
}

/* A picture that scrolls in the window has to fit its page: smaller type down to a half, then it is
 * cut. */
static SemLayout *
make_fitting_layout (SemPictureKind kind,
                     SemLayoutInput *input,
                     const SemFocus *focus,
                     double text_scale)
{
  static const double sizes[] = { 1.0, 0.9, 0.8, 0.7, 0.6, 0.5 };
  SemLayout *layout = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (SemTextContext) text = sem_text_context_new (NULL, text_scale * sizes[i]);

      g_clear_pointer (&layout, sem_layout_unref);
      input->text = text;
      layout = make_layout (kind, input, focus);
      input->text = NULL;
      if (layout->content_height <= input->height + 0.5)
        break;
    }
  return layout;
}

static char *
dup_caption (SemAnalysis *analysis, const SemViewOptions *options, const SemFigure *figure)
{
  gboolean has_words = figure->caption != NULL && *figure->caption != '\0';
  g_autofree char *provenance
      = figure->provenance ? sem_figure_dup_provenance (analysis, options, figure) : NULL;

  if (provenance == NULL)
    return g_strdup (has_words ? figure->caption : "");
  return has_words ? g_strconcat (figure->caption, "\n", provenance, NULL)
                   : g_steal_pointer (&provenance);
}

/* The last pixels of an image may reach past the page; they have its colour too. */
static double
round_up_to_pixel (double length, double scale)
{
  return scale > 0.0 ? ceil (length * scale - 1e-9) / scale : length;
}

void
sem_figure_draw (SemAnalysis *analysis,
                 const SemViewOptions *options,
                 const SemFocus *focus,
                 const SemFigure *figure,
                 double scale,
                 cairo_t *cr)
{
  const SemTheme *theme = sem_theme_get (figure->theme);
  gboolean is_whole_page = figure->picture == SEM_PICTURE_OVERVIEW;
  double inset = MIN (MARGIN, MIN (figure->width, figure->height) / 8.0);
  double margin = is_whole_page ? 0.0 : inset, text_scale, above, below;
  double width = figure->width - 2.0 * inset, most = figure->height * MAX_WORDS_SHARE;
  g_autoptr (SemTextContext) text = NULL;
  g_autoptr (SemLayout) layout = NULL;
  g_autofree char *words = dup_caption (analysis, options, figure);
  g_auto (Block) title = { NULL }, caption = { NULL };
  SemLayoutInput input
      = { .analysis = analysis, .options = options, .theme = theme, .scale = scale };

  input.comparison = is_whole_page ? NULL : figure->comparison;
  text_scale = figure->text_size > 0.0 ? figure->text_size / SEM_FIGURE_TEXT_SIZE : 1.0;
  text = sem_text_context_new (NULL, text_scale);
  above = block_init (&title, text, SEM_FONT_TITLE, figure->title, width, most, MAX_TITLE_LINES);
  below = block_init (&caption, text, SEM_FONT_SMALL, words, width, most, MAX_CAPTION_LINES);
  /* Words stand off the picture by half a margin; a whole page has its own room around it, but no
   * margin under the words. */
  above += above <= 0.0 ? 0.0 : is_whole_page ? inset : inset / 2.0;
  below += below <= 0.0 ? 0.0 : is_whole_page ? inset * 1.5 : inset / 2.0;
  input.width = figure->width - 2.0 * margin;
  input.height = MAX (figure->height - 2.0 * margin - above - below, 1.0);
  layout = make_fitting_layout (figure->picture, &input, focus, text_scale);

  if (!figure->transparent)
    {
      cairo_rectangle (cr, 0, 0, round_up_to_pixel (figure->width, scale),
                       round_up_to_pixel (figure->height, scale));
      sem_rgba_set_source (is_whole_page ? theme->window : theme->surface, cr);
      sem_canvas_fill (cr);
    }
  block_draw (&title, inset, inset, theme->text, cr);
  block_draw (&caption, inset, figure->height - margin - below + inset / 2.0, theme->text_dim, cr);
  cairo_save (cr);
  cairo_translate (cr, margin, margin + above);
  sem_layout_draw (layout, cr);
  sem_layout_draw_overlay (layout, focus, cr);
  cairo_restore (cr);
}
