/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The overview figure drawn: cards and their titles, the text with its marks, the sentence; the
 * pictures draw themselves. */
#include "draw/overview-private.h"

#include "draw/canvas.h"
#include "draw/i18n.h"

#include <string.h>

static void
draw_card (const SemOverviewLayout *self, const SemBox *box, cairo_t *cr)
{
  double line = self->theme->hairline;

  sem_canvas_round_rectangle (cr, box->x + line / 2.0, box->y + line / 2.0, box->width - line,
                              box->height - line,
                              self->theme->corner_radius * 1.6 * self->unit_size);
  sem_rgba_set_source (self->theme->surface, cr);
  sem_canvas_fill_preserve (cr);
  sem_rgba_set_source (self->theme->surface_border, cr);
  cairo_set_line_width (cr, line);
  sem_canvas_stroke (cr);
}

/* Soft boxes behind the parts of a line that belong to a selected unit. */
static void
draw_marks (const SemOverviewLayout *self,
            const SemTextLine *line,
            const char *words,
            double x,
            double baseline,
            cairo_t *cr)
{
  SemUnits *units = sem_analysis_get_units (self->analysis);
  double size = self->unit_size, text_size = SEM_OVERVIEW_TEXT_SIZE * size;

  for (gsize i = 0; i < self->n_selected; i++)
    {
      const SemUnit *unit = sem_units_get (units, self->selected[i]);
      gsize end = line->start + strlen (words), from = MAX (unit->start, line->start),
            to = MIN (unit->end, end);
      g_autoptr (GArray) ranges = NULL;

      if (from >= to)
        continue;
      ranges = sem_text_locate (self->text, SEM_FONT_BODY, text_size, words, from - line->start,
                                to - line->start);
      for (gsize k = 0; k < ranges->len; k++)
        {
          const double *range = (const double *)(void *)ranges->data + 2 * k;

          sem_canvas_round_rectangle (cr, x + range[0] - 2.5 * size, baseline - 14.5 * size,
                                      range[1] - range[0] + 5.0 * size, 20.0 * size, 4.0 * size);
          sem_rgba_set_source (self->theme->accent_fill, cr);
          sem_canvas_fill (cr);
        }
    }
}

static void
draw_text_card (const SemOverviewLayout *self, cairo_t *cr)
{
  double size = self->unit_size, x = self->text_card.x + SEM_OVERVIEW_CARD_PADDING * size;
  double inside = self->text_card.width - 2.0 * SEM_OVERVIEW_CARD_PADDING * size;

  draw_card (self, &self->text_card, cr);
  for (gsize i = 0; i < self->lines->len; i++)
    {
      const SemTextLine *line = &g_array_index (self->lines, SemTextLine, i);
      double baseline = self->text_card.y + (26.0 + SEM_OVERVIEW_TEXT_LEAD * (double)i) * size,
             at = x;
      gboolean is_cut = i + 1 == self->lines->len && !self->text_complete;
      g_autofree char *words = g_strndup (self->words + line->start, line->length);
      g_autofree char *longer = is_cut ? g_strconcat (words, " …", NULL) : NULL;
      g_autofree char *shown
          = sem_text_dup_elided (self->text, SEM_FONT_BODY, SEM_OVERVIEW_TEXT_SIZE * size,
                                 is_cut ? longer : words, inside + 1.0);
      SemTextSize extents;

      g_strchomp (words);
      if (sem_text_is_rtl (self->text, SEM_FONT_BODY, SEM_OVERVIEW_TEXT_SIZE * size, words))
        {
          sem_text_measure (self->text, SEM_FONT_BODY, SEM_OVERVIEW_TEXT_SIZE * size, shown,
                            &extents);
          at = x + inside - extents.width;
        }
      draw_marks (self, line, strlen (shown) >= strlen (words) ? words : shown, at, baseline, cr);
      sem_text_draw (self->text, cr, SEM_FONT_BODY, SEM_OVERVIEW_TEXT_SIZE * size, shown, at,
                     baseline, 0.0, self->theme->text);
    }
}

/* A run of the sentence at *x; moves it on. */
static void
say (const SemOverviewLayout *self,
     cairo_t *cr,
     SemFontRole role,
     const char *words,
     SemRgba color,
     double gap,
     double *x)
{
  double size = self->unit_size,
         right = self->sentence.x + self->sentence.width - SEM_OVERVIEW_PAGE_MARGIN * size;
  SemTextSize extents;

  sem_text_measure (self->text, role, SEM_OVERVIEW_SENTENCE_SIZE * size, words, &extents);
  if (*x + extents.width > right)
    {
      g_autofree char *shown
          = *x > right ? NULL
                       : sem_text_dup_elided (self->text, role, SEM_OVERVIEW_SENTENCE_SIZE * size,
                                              words, right - *x);

      if (shown != NULL && *x < self->sentence.x + SEM_OVERVIEW_PAGE_MARGIN * size + 1.0)
        sem_text_draw (self->text, cr, role, SEM_OVERVIEW_SENTENCE_SIZE * size, shown, *x,
                       self->sentence.y + 28.0 * size, 0.0, color);
      *x = right + 1.0;
      return;
    }
  sem_text_draw (self->text, cr, role, SEM_OVERVIEW_SENTENCE_SIZE * size, words, *x,
                 self->sentence.y + 28.0 * size, 0.0, color);
  *x += extents.width + gap * size;
}

/* "Earth – planet  cosine 0.71  similar  angle 45°  9th of 300 pairs  dot 7.83 ÷ (3.20 × 3.47)" */
static void
say_pair (const SemOverviewLayout *self, cairo_t *cr, double x)
{
  const SemTheme *theme = self->theme;
  SemUnits *units = sem_analysis_get_units (self->analysis);
  const SemMatrix *vectors = sem_analysis_get_vectors (self->analysis);
  const SemUnit *a = sem_units_get (units, self->selected[0]),
                *b = sem_units_get (units, self->selected[1]);
  g_autofree char *label_a = sem_text_dup_elided (self->text, SEM_FONT_BODY_BOLD,
                                                  SEM_OVERVIEW_SENTENCE_SIZE * self->unit_size,
                                                  a->label, 200.0 * self->unit_size);
  g_autofree char *label_b = sem_text_dup_elided (self->text, SEM_FONT_BODY_BOLD,
                                                  SEM_OVERVIEW_SENTENCE_SIZE * self->unit_size,
                                                  b->label, 200.0 * self->unit_size);
  g_autofree char *names = g_strdup_printf ("%s – %s", label_a, label_b);
  SemCosine sum;
  const char *word;

  sem_cosine (sem_matrix_get_row (vectors, self->selected[0]),
              sem_matrix_get_row (vectors, self->selected[1]), sem_matrix_get_n_cols (vectors),
              &sum);
  word = sem_cosine_get_word (sum.cosine);
  {
    g_autofree char *cosine = sem_text_dup_number (sum.cosine, 2),
                    *dot = sem_text_dup_number (sum.dot, 2);
    g_autofree char *norm_a = sem_text_dup_number (sum.norm_a, 2),
                    *norm_b = sem_text_dup_number (sum.norm_b, 2);
    g_autofree char *degrees = sem_text_dup_number (sum.angle_deg, 0);
    g_autofree char *angle = g_strdup_printf (_ ("angle %s°"), degrees);
    g_autofree char *place = g_strdup_printf (_ ("rank %lu of %lu pairs"), (gulong)self->rank.rank,
                                              (gulong)self->rank.n_pairs);
    g_autofree char *division = g_strdup_printf (_ ("dot %s ÷ (%s × %s)"), dot, norm_a, norm_b);

    say (self, cr, SEM_FONT_BODY_BOLD, names, theme->text, 24.0, &x);
    say (self, cr, SEM_FONT_BODY, _ ("cosine"), theme->text, 5.0, &x);
    say (self, cr, SEM_FONT_BODY_BOLD, cosine, theme->text, 24.0, &x);
    say (self, cr, SEM_FONT_BODY_BOLD, _ (word),
         sum.cosine < 0.0     ? theme->bad
         : sum.cosine >= 0.25 ? theme->good
                              : theme->text_dim,
         24.0, &x);
    say (self, cr, SEM_FONT_BODY, angle, theme->text_dim, 24.0, &x);
    say (self, cr, SEM_FONT_BODY, place, theme->text_dim, 24.0, &x);
    say (self, cr, SEM_FONT_BODY, division, theme->text_dim, 24.0, &x);
  }
}

/* With no pair chosen: all pairs together, and the model. */
static void
say_all (const SemOverviewLayout *self, cairo_t *cr, double x)
{
  SemModel *model = sem_analysis_get_model (self->analysis);
  g_autofree char *count = sem_overview_count_units (
      sem_analysis_get_options (self->analysis)->unit, sem_analysis_get_n (self->analysis));

  say (self, cr, SEM_FONT_BODY_BOLD, count, self->theme->text, 24.0, &x);
  if (sem_analysis_has_vectors (self->analysis) && sem_analysis_get_n (self->analysis) > 1)
    {
      g_autofree char *mean
          = sem_text_dup_number (sem_analysis_get_pair_statistics (self->analysis)->mean, 2);
      g_autofree char *words = g_strdup_printf (_ ("mean of all pairs %s"), mean);

      say (self, cr, SEM_FONT_BODY, words, self->theme->text_dim, 24.0, &x);
    }
  say (self, cr, SEM_FONT_BODY, sem_model_get_name (model), self->theme->text_dim, 24.0, &x);
  if (sem_model_get_n_rows (model) > 0)
    {
      g_autofree char *shape = g_strdup_printf ("%lu × %lu", (gulong)sem_model_get_n_rows (model),
                                                (gulong)sem_model_get_dim (model));

      say (self, cr, SEM_FONT_BODY, shape, self->theme->text_dim, 24.0, &x);
    }
}

static void
draw_sentence (const SemOverviewLayout *self, cairo_t *cr)
{
  const SemTheme *theme = self->theme;
  double x = self->sentence.x + SEM_OVERVIEW_PAGE_MARGIN * self->unit_size;

  if (self->sentence.height <= 0.0)
    return;
  cairo_rectangle (cr, self->sentence.x, self->sentence.y, self->sentence.width,
                   self->sentence.height);
  sem_rgba_set_source (
      theme->kind == SEM_THEME_LIGHT || theme->kind == SEM_THEME_DARK
          ? sem_rgba_mix (theme->window, theme->text, theme->is_dark ? 0.08 : 0.055)
          : theme->window,
      cr);
  sem_canvas_fill (cr);
  cairo_move_to (cr, self->sentence.x, self->sentence.y + theme->hairline / 2.0);
  cairo_rel_line_to (cr, self->sentence.width, 0.0);
  sem_rgba_set_source (theme->surface_border, cr);
  cairo_set_line_width (cr, theme->hairline);
  sem_canvas_stroke (cr);
  if (self->n_selected == 2 && sem_analysis_has_vectors (self->analysis))
    say_pair (self, cr, x);
  else
    say_all (self, cr, x);
}

static void
draw_part (const SemOverviewLayout *self,
           const SemOverviewPart *part,
           const SemFocus *focus,
           cairo_t *cr)
{
  double room = 3.0 * self->unit_size; /* rings stand out of a picture's box */

  if (part->layout == NULL || part->box.height <= 0.0)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, part->box.x - room, part->box.y - room, part->box.width + 2.0 * room,
                   part->box.height
                       + (part == &self->parts[SEM_OVERVIEW_PART_TOKENS] ? 1.0 : 2.0) * room);
  cairo_clip (cr);
  cairo_translate (cr, part->box.x, part->box.y);
  if (focus == NULL)
    sem_layout_draw (part->layout, cr);
  else
    sem_layout_draw_overlay (part->layout, focus, cr);
  cairo_restore (cr);
}

static void
draw_title (const SemOverviewLayout *self, const SemOverviewPart *part, cairo_t *cr)
{
  double size = self->unit_size, x = part->card.x + SEM_OVERVIEW_CARD_PADDING * size,
         y = part->card.y + 24.0 * size;
  double right = part->card.x + part->card.width - SEM_OVERVIEW_CARD_PADDING * size;
  g_autofree char *title
      = sem_text_dup_elided (self->text, SEM_FONT_TITLE, 0.0, part->title, MAX (right - x, 0.0));
  g_autofree char *subtitle = NULL;
  SemTextSize extents;

  sem_text_draw (self->text, cr, SEM_FONT_TITLE, 0.0, title, x, y, 0.0, self->theme->text);
  sem_text_measure (self->text, SEM_FONT_TITLE, 0.0, title, &extents);
  x += extents.width + 5.0 * size;
  subtitle
      = sem_text_dup_elided (self->text, SEM_FONT_BODY, 0.0, part->subtitle, MAX (right - x, 0.0));
  sem_text_draw (self->text, cr, SEM_FONT_BODY, 0.0, subtitle, x, y, 0.0, self->theme->text_dim);
}

void
sem_overview_draw (const SemLayout *layout, cairo_t *cr)
{
  const SemOverviewLayout *self = (const SemOverviewLayout *)layout;

  draw_text_card (self, cr);
  for (int i = 0; i < SEM_OVERVIEW_N_PARTS; i++)
    {
      const SemOverviewPart *part = &self->parts[i];

      if (part->layout == NULL)
        continue;
      if (part->title != NULL)
        {
          draw_card (self, &part->card, cr);
          draw_title (self, part, cr);
        }
      draw_part (self, part, NULL, cr);
    }
  if (self->tokens_note != NULL)
    sem_text_draw (self->text, cr, SEM_FONT_SMALL, 0.0, self->tokens_note,
                   self->parts[SEM_OVERVIEW_PART_TOKENS].box.x + 4.0 * self->unit_size,
                   self->parts[SEM_OVERVIEW_PART_TOKENS].box.y
                       + self->parts[SEM_OVERVIEW_PART_TOKENS].box.height + 12.0 * self->unit_size,
                   0.0, self->theme->text_dim);
  draw_sentence (self, cr);
}

void
sem_overview_draw_overlay (const SemLayout *layout, const SemFocus *focus, cairo_t *cr)
{
  const SemOverviewLayout *self = (const SemOverviewLayout *)layout;

  for (int i = 0; i < SEM_OVERVIEW_N_PARTS; i++)
    draw_part (self, &self->parts[i], focus, cr);
}
