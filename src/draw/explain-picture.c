/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picture of a word's steps: a column of labels, the letters of the pre-token as a grid of
 * cells with a bar for each piece of a step, and a column that says what was found. */
#include "draw/explain-steps-private.h"

#include "draw/canvas.h"
#include "draw/i18n.h"

#include <math.h>
#include <string.h>

#define ROW_HEIGHT 26.0
#define BAR_INSET 3.0
#define HEADER_ROWS 3
#define MARGIN 6.0
#define GAP 10.0
#define MAX_CELL 19.0
#define MIN_LETTER_CELL 7.0 /* in narrower cells letters would run into each other */
#define BASELINE 17.5

typedef struct
{
  char *label; /* "try 2" */
  char *value; /* what was found, elided */
  SemBox box;
} Row;

typedef struct
{
  SemLayout base;
  const SemTheme *theme;
  SemTextContext *text;
  SemExplainSteps *steps; /* or NULL */
  gsize step;             /* shown: 1..step */
  double size;            /* 1 at normal text size: every length is a multiple */
  double grid_x, grid_width, cell, value_x;
  guint32 *cell_of_byte; /* length + 1 */
  gsize n_cells;
  char *header[HEADER_ROWS];
  GArray *rows; /* Row, one per step that is shown */
  char *note;   /* how many steps are left out; NULL: none */
} ExplainLayout;

static const char *const header_labels[HEADER_ROWS]
    = { N_ ("text"), N_ ("normalised"), N_ ("pre-token") };

static void
clear_row (gpointer data)
{
  Row *row = data;

  g_free (row->label);
  g_free (row->value);
}

static void
free_explain (SemLayout *layout)
{
  ExplainLayout *self = (ExplainLayout *)layout;

  for (gsize i = 0; i < HEADER_ROWS; i++)
    g_free (self->header[i]);
  g_array_unref (self->rows);
  g_free (self->cell_of_byte);
  g_free (self->note);
  sem_text_context_unref (self->text);
  g_clear_pointer (&self->steps, sem_explain_steps_unref);
}

/* Bytes of the character at p, which is valid UTF-8, and of the marks that stand on it. */
static gsize
measure_cell (const char *p, const char *end)
{
  const char *next = g_utf8_next_char (p);

  while (next < end && g_unichar_ismark (g_utf8_get_char (next)))
    next = g_utf8_next_char (next);
  return (gsize)(next - p);
}

static void
make_cells (ExplainLayout *self)
{
  const char *text = self->steps->text;
  gsize length = self->steps->length;

  self->cell_of_byte = g_new (guint32, length + 1);
  for (gsize at = 0; at < length;)
    {
      gsize n = MIN (measure_cell (text + at, text + length), length - at);

      for (gsize i = 0; i < n; i++)
        self->cell_of_byte[at + i] = (guint32)self->n_cells;
      at += n;
      self->n_cells++;
    }
  self->cell_of_byte[length] = (guint32)self->n_cells;
}

static char *
dup_label (const SemExplainStep *step, gsize number)
{
  switch (step->kind)
    {
    case SEM_STEP_TRY:
      return g_strdup_printf (_ ("try %u"), (guint)number);
    case SEM_STEP_SYMBOLS:
      return g_strdup (_ ("symbols"));
    case SEM_STEP_MERGE:
      return g_strdup_printf (_ ("merge %u"), (guint)number - 1);
    case SEM_STEP_EDGE:
      return step->on_path ? g_strdup (_ ("best path")) : g_strdup_printf ("%u", (guint)number);
    case SEM_STEP_RESULT:
    default:
      return g_strdup (_ ("result"));
    }
}

static char *
dup_ids (const SemExplainSteps *steps)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < steps->pieces->len; i++)
    g_string_append_printf (out, i == 0 ? "%u" : " %u",
                            g_array_index (steps->pieces, SemPiece, i).id);
  return g_strdup_printf (NG_ ("id %s", "ids %s", steps->pieces->len), out->str);
}

static char *
dup_value (const SemExplainSteps *steps, const SemExplainStep *step)
{
  g_autofree char *score = sem_text_dup_number (step->score, 2);
  g_autofree char *sum
      = sem_text_dup_number (step->kind == SEM_STEP_RESULT ? steps->sum : step->best, 2);

  switch (step->kind)
    {
    case SEM_STEP_TRY:
      if (step->id == G_MAXUINT32)
        return g_strdup (_ ("not in the vocabulary"));
      return g_strdup_printf (_ ("found: id %u"), step->id);
    case SEM_STEP_SYMBOLS:
      return g_strdup_printf (NG_ ("%u symbol", "%u symbols", step->id), step->id);
    case SEM_STEP_MERGE:
      return g_strdup_printf (_ ("rank %u"), step->rank);
    case SEM_STEP_EDGE:
      return g_strdup_printf (_ ("%s, sum %s"), score, sum);
    case SEM_STEP_RESULT:
    default:
      return isnan (steps->sum) ? dup_ids (steps) : g_strdup_printf (_ ("sum %s"), sum);
    }
}

static double
measure_width (ExplainLayout *self, const char *text)
{
  SemTextSize size;

  sem_text_measure (self->text, SEM_FONT_SMALL, 0.0, text, &size);
  return size.width;
}

static char *
shorten (ExplainLayout *self, SemFontRole role, char *text, double width)
{
  char *elided = sem_text_dup_elided (self->text, role, 0.0, text, MAX (width, 0.0));

  g_free (text);
  return elided;
}

/* Columns: labels as wide as the widest, values at most two fifths, the letters what is left. */
static void
place_columns (ExplainLayout *self)
{
  double labels = 0.0, values = 0.0, gap = GAP * self->size, width = self->base.width;

  for (gsize i = 0; i < HEADER_ROWS; i++)
    labels = MAX (labels, measure_width (self, _ (header_labels[i])));
  for (guint i = 0; i < self->steps->steps->len; i++)
    {
      const SemExplainStep *step = &g_array_index (self->steps->steps, SemExplainStep, i);
      g_autofree char *label = dup_label (step, i + 1), *value = dup_value (self->steps, step);

      labels = MAX (labels, measure_width (self, label));
      if (step->kind != SEM_STEP_RESULT) /* the list of ids is shortened instead */
        values = MAX (values, measure_width (self, value));
    }
  labels = MIN (labels, width * 0.3);
  values = MIN (MAX (values, 60.0 * self->size), width * 0.4);
  self->grid_x = MARGIN * self->size + ceil (labels) + gap;
  self->grid_width = MAX (width - self->grid_x - values - gap - MARGIN * self->size, 1.0);
  self->cell = MIN (MAX_CELL * self->size, self->grid_width / (double)MAX (self->n_cells, 1));
  self->value_x = self->grid_x + self->cell * (double)self->n_cells + gap;
}

static void
make_rows (ExplainLayout *self)
{
  double height = round (ROW_HEIGHT * self->size);
  double label_width = self->grid_x - (MARGIN + GAP) * self->size;
  double value_width = self->base.width - self->value_x - MARGIN * self->size;

  for (gsize i = 0; i < self->step; i++)
    {
      const SemExplainStep *step = &g_array_index (self->steps->steps, SemExplainStep, i);
      Row row
          = { .label = shorten (self, SEM_FONT_SMALL, dup_label (step, i + 1), label_width),
              .value = shorten (self, SEM_FONT_SMALL, dup_value (self->steps, step), value_width),
              .box = { 0.0, height * (double)(HEADER_ROWS + i), self->base.width, height } };

      g_array_append_val (self->rows, row);
    }
  /* As tall as with all its steps: it would jump else. */
  self->base.content_height = height * (double)(HEADER_ROWS + self->steps->steps->len);
  if (self->steps->n_left_out > 0)
    {
      self->note = g_strdup_printf (
          NG_ ("and %lu more step", "and %lu more steps", self->steps->n_left_out),
          (gulong)self->steps->n_left_out);
      self->base.content_height += height;
    }
}

/* --- drawing -------------------------------------------------------------------------------------
 */

static double
x_of_byte (const ExplainLayout *self, gsize byte)
{
  return self->grid_x + self->cell * (double)self->cell_of_byte[MIN (byte, self->steps->length)];
}

/* The letters of bytes start..end, each in the middle of its cell. */
static void
draw_letters (const ExplainLayout *self,
              gsize start,
              gsize end,
              double y,
              gboolean bold,
              SemRgba color,
              cairo_t *cr)
{
  const char *text = self->steps->text;
  double size = MIN (sem_text_context_get_size (self->text, SEM_FONT_BODY), self->cell * 1.1);

  end = MIN (end, self->steps->length);
  if (self->cell < MIN_LETTER_CELL * self->size)
    return;
  for (gsize at = start; at < end;)
    {
      gsize n = MIN (measure_cell (text + at, text + end), end - at);
      g_autofree char *letter = g_strndup (text + at, n);

      sem_text_draw (self->text, cr, bold ? SEM_FONT_BODY_BOLD : SEM_FONT_BODY, size,
                     strcmp (letter, " ") == 0 ? "·" : letter,
                     x_of_byte (self, at) + self->cell / 2.0, y + BASELINE * self->size, 0.5,
                     color);
      at += n;
    }
}

typedef struct
{
  SemRgba fill, border, letters;
  gboolean is_filled, is_dashed, is_bold;
} BarStyle;

static void
draw_bar (const ExplainLayout *self,
          gsize start,
          gsize end,
          double y,
          const BarStyle *style,
          cairo_t *cr)
{
  double line = self->theme->hairline * (style->is_bold ? 1.5 : 1.0),
         inset = BAR_INSET * self->size;
  double x = x_of_byte (self, start), width = x_of_byte (self, end) - x;
  double dash[2] = { 2.5 * self->size, 2.0 * self->size };

  if (width <= 0.0)
    return;
  sem_canvas_round_rectangle (cr, x + 1.0 + line / 2.0, y + inset, MAX (width - 2.0 - line, 0.5),
                              round (ROW_HEIGHT * self->size) - 2.0 * inset,
                              MIN (4.0 * self->size, width / 3.0));
  if (style->is_filled)
    {
      sem_rgba_set_source (style->fill, cr);
      sem_canvas_fill_preserve (cr);
    }
  cairo_set_dash (cr, dash, style->is_dashed ? 2 : 0, 0.0);
  cairo_set_line_width (cr, line);
  sem_rgba_set_source (style->border, cr);
  sem_canvas_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0.0);
  draw_letters (self, start, end, y, style->is_bold, style->letters, cr);
}

static BarStyle
style_of_token (const ExplainLayout *self, guint32 id, gboolean bold)
{
  return (BarStyle){ .fill = sem_theme_token_fill (self->theme, id),
                     .border = sem_theme_token_border (self->theme, id),
                     .letters = self->theme->text,
                     .is_filled = TRUE,
                     .is_bold = bold };
}

static BarStyle
style_plain (const ExplainLayout *self, gboolean dashed)
{
  return (BarStyle){ .border = self->theme->text_faint,
                     .letters = self->theme->text_dim,
                     .is_dashed = dashed };
}

/* The symbols there are after step `index` (0-based), the one it made filled. */
static void
draw_symbols (const ExplainLayout *self,
              const SemExplainStep *step,
              gsize index,
              double y,
              cairo_t *cr)
{
  const SemExplainSteps *steps = self->steps;

  for (gsize start = 0, end; start < steps->length; start = end)
    {
      gboolean made;
      BarStyle style;

      for (end = start + 1; end < steps->length; end++)
        if (steps->joined_at[end] > index)
          break;
      made = step->kind == SEM_STEP_MERGE && start == step->start;
      style = made ? style_of_token (self, step->id, TRUE) : style_plain (self, FALSE);
      draw_bar (self, start, end, y, &style, cr);
    }
  if (step->kind == SEM_STEP_MERGE && self->cell >= MIN_LETTER_CELL * self->size)
    {
      /* Where the two met. */
      double x = x_of_byte (self, step->middle), inset = (BAR_INSET + 2.0) * self->size;
      double dash[2] = { 2.0 * self->size, 2.0 * self->size };

      cairo_set_dash (cr, dash, 2, 0.0);
      cairo_set_line_width (cr, self->theme->hairline);
      sem_rgba_set_source (self->theme->text_dim, cr);
      cairo_move_to (cr, x, y + inset);
      cairo_line_to (cr, x, y + round (ROW_HEIGHT * self->size) - inset);
      sem_canvas_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0.0);
    }
}

static void
draw_marks (const ExplainLayout *self,
            const SemExplainStep *step,
            gsize index,
            double y,
            cairo_t *cr)
{
  BarStyle style = style_plain (self, step->kind == SEM_STEP_TRY);

  switch (step->kind)
    {
    case SEM_STEP_SYMBOLS:
    case SEM_STEP_MERGE:
      draw_symbols (self, step, index, y, cr);
      return;
    case SEM_STEP_RESULT:
      for (guint i = 0; i < self->steps->pieces->len; i++)
        {
          const SemPiece *piece = &g_array_index (self->steps->pieces, SemPiece, i);

          style = style_of_token (self, piece->id, TRUE);
          draw_bar (self, piece->start, piece->end, y, &style, cr);
        }
      return;
    case SEM_STEP_TRY:
    case SEM_STEP_EDGE:
    default:
      if (step->kind == SEM_STEP_TRY ? step->id != G_MAXUINT32 : step->on_path)
        style = style_of_token (self, step->id, step->on_path);
      draw_bar (self, step->start, step->end, y, &style, cr);
    }
}

static void
draw_row (const ExplainLayout *self, gsize index, cairo_t *cr)
{
  const Row *row = &g_array_index (self->rows, Row, index);
  const SemExplainStep *step = &g_array_index (self->steps->steps, SemExplainStep, index);
  const SemTheme *theme = self->theme;
  gboolean current = index + 1 == self->step;
  gboolean strong = step->on_path || step->kind == SEM_STEP_RESULT;
  SemRgba color = current || strong ? theme->text : theme->text_dim;
  double baseline = row->box.y + BASELINE * self->size;

  if (current)
    {
      sem_canvas_round_rectangle (cr, 0.0, row->box.y + 0.5, row->box.width, row->box.height - 1.0,
                                  5.0 * self->size);
      sem_rgba_set_source (theme->accent_fill, cr);
      sem_canvas_fill (cr);
      cairo_rectangle (cr, 0.0, row->box.y + 4.0 * self->size, 3.0 * self->size,
                       row->box.height - 8.0 * self->size);
      sem_rgba_set_source (theme->accent, cr);
      sem_canvas_fill (cr);
    }
  sem_text_draw (self->text, cr, SEM_FONT_SMALL, 0.0, row->label, MARGIN * self->size, baseline,
                 0.0, color);
  draw_marks (self, step, index, row->box.y, cr);
  sem_text_draw (self->text, cr, SEM_FONT_SMALL, 0.0, row->value, self->value_x, baseline, 0.0,
                 color);
}

static void
draw_header (const ExplainLayout *self, cairo_t *cr)
{
  double height = round (ROW_HEIGHT * self->size);
  gboolean as_letters = self->cell >= MIN_LETTER_CELL * self->size;

  for (gsize i = 0; i < HEADER_ROWS; i++)
    {
      double y = height * (double)i, baseline = y + BASELINE * self->size;

      sem_text_draw (self->text, cr, SEM_FONT_SMALL, 0.0, _ (header_labels[i]), MARGIN * self->size,
                     baseline, 0.0, self->theme->text_dim);
      if (i == HEADER_ROWS - 1 && as_letters)
        draw_letters (self, 0, self->steps->length, y, TRUE, self->theme->text, cr);
      else
        sem_text_draw (self->text, cr, SEM_FONT_BODY, 0.0, self->header[i], self->grid_x, baseline,
                       0.0, self->theme->text);
    }
  cairo_set_line_width (cr, self->theme->hairline);
  sem_rgba_set_source (self->theme->grid, cr);
  cairo_move_to (cr, 0.0, height * HEADER_ROWS - 0.5);
  cairo_rel_line_to (cr, self->base.width, 0.0);
  sem_canvas_stroke (cr);
}

static void
draw_explain (const SemLayout *layout, cairo_t *cr)
{
  const ExplainLayout *self = (const ExplainLayout *)layout;

  if (self->steps == NULL)
    {
      sem_layout_draw_message (layout, self->text, self->theme,
                               _ ("Nothing to explain: this text has no word that was cut."), cr);
      return;
    }
  draw_header (self, cr);
  for (gsize i = 0; i < self->rows->len; i++)
    draw_row (self, i, cr);
  if (self->note != NULL)
    sem_text_draw (self->text, cr, SEM_FONT_SMALL, 0.0, self->note, MARGIN * self->size,
                   self->base.content_height - 9.0 * self->size, 0.0, self->theme->text_dim);
}

/* --- items ---------------------------------------------------------------------------------------
 */

static void
pick_step (const SemLayout *layout, double x, double y, SemItem *item)
{
  const ExplainLayout *self = (const ExplainLayout *)layout;
  double row = floor (y / round (ROW_HEIGHT * self->size)) - HEADER_ROWS;

  if (!(x >= 0.0 && x < layout->width && row >= 0.0 && row < (double)self->rows->len))
    return;
  item->kind = SEM_ITEM_STEP;
  item->token = (gsize)row;
}

static gboolean
locate_step (const SemLayout *layout, const SemItem *item, SemBox *box)
{
  const ExplainLayout *self = (const ExplainLayout *)layout;

  if (item->kind != SEM_ITEM_STEP || item->token >= self->rows->len)
    return FALSE;
  *box = g_array_index (self->rows, Row, item->token).box;
  return TRUE;
}

/* Forth is right and down: steps have one order. */
static void
step_step (const SemLayout *layout, const SemItem *from, int dx, int dy, SemItem *to)
{
  const ExplainLayout *self = (const ExplainLayout *)layout;
  gsize at = from != NULL && from->kind == SEM_ITEM_STEP ? from->token : G_MAXSIZE;

  *to = (SemItem)SEM_ITEM_INIT;
  if (self->rows->len == 0)
    return;
  if (at >= self->rows->len)
    at = 0;
  else if (dx + dy > 0)
    at = MIN (at + 1, self->rows->len - 1);
  else if (dx + dy < 0 && at > 0)
    at--;
  to->kind = SEM_ITEM_STEP;
  to->token = at;
}

static const SemLayoutClass explain_class = {
  .id = "steps",
  .free = free_explain,
  .draw = draw_explain,
  .pick = pick_step,
  .locate = locate_step,
  .step = step_step,
};

SemLayout *
sem_explain_layout_new (const SemLayoutInput *input, SemExplainSteps *steps, gsize step)
{
  ExplainLayout *self = g_new0 (ExplainLayout, 1);
  double width;

  sem_layout_init (&self->base, &explain_class, input);
  self->theme = input->theme;
  self->text = sem_text_context_ref (input->text);
  self->size = sem_text_context_get_scale (input->text);
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (self->rows, clear_row);
  self->base.content_height = 0.0;
  if (steps == NULL)
    return &self->base;
  self->steps = sem_explain_steps_ref (steps);
  self->step = MIN (step, steps->steps->len);
  make_cells (self);
  place_columns (self);
  width = self->base.width - self->grid_x - MARGIN * self->size;
  self->header[0] = shorten (self, SEM_FONT_BODY, g_strdup (steps->original), width);
  self->header[1] = shorten (self, SEM_FONT_BODY, g_strdup (steps->normalized), width);
  self->header[2] = shorten (self, SEM_FONT_BODY, g_strdup (steps->text), width);
  make_rows (self);
  return &self->base;
}
