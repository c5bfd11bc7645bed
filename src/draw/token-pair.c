/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two rows of tokens on one text: layout, pick and steps.  The chips are those of two token strips,
 * put elsewhere. */
#include "draw/token-pair-private.h"

#include "draw/i18n.h"

#include <math.h>
#include <string.h>

#define CHIP_HEIGHT 38.0 /* as the strip makes them */
#define GAP 5.0
#define LINE_GAP 16.0
#define MARGIN 3.0
#define GUTTER 20.0
#define HEADER_LINE 19.0
#define N_HEADER_LINES 3.0

static SemChip *
get_chip (const SemTokenPair *self, guint row, gsize index)
{
  return &g_array_index (self->rows[row]->chips, SemChip, index);
}

/* --- cells --- */

/* Chips of tokens first .. first + n of a row; those that are not drawn are left out. */
static void
take_chips (const SemTokenPair *self, guint row, gsize first, gsize n, SemPairCell *cell)
{
  const SemTokensLayout *tokens = self->rows[row];

  for (gsize i = first; i < first + n && i < tokens->n_tokens; i++)
    if (tokens->chip_of_token[i] != SEM_NO_ITEM)
      {
        if (cell->n[row] == 0)
          cell->first[row] = tokens->chip_of_token[i];
        cell->n[row]++;
      }
}

/* What a row needs for its chips of a cell, with the gaps between them. */
static double
measure_row (const SemTokenPair *self, guint row, const SemPairCell *cell)
{
  double width = 0.0, gap = round (GAP * self->unit_size);

  for (gsize i = 0; i < cell->n[row]; i++)
    {
      const SemChip *chip = get_chip (self, row, cell->first[row] + i);

      width += chip->box.width + (i > 0 && !chip->joined_left ? gap : 0.0);
    }
  return width;
}

static void
append_cell (SemTokenPair *self, SemPairCell *cell)
{
  for (guint row = 0; row < 2; row++)
    cell->natural[row] = measure_row (self, row, cell);
  g_array_append_val (self->cells, *cell);
}

static guint32
get_start (const SemTokenPair *self, guint row, gsize chip)
{
  const SemToken *tokens
      = sem_encoding_get_tokens (sem_analysis_get_encoding (self->rows[row]->analysis), NULL);

  return tokens[get_chip (self, row, chip)->token].start;
}

/* A stretch that is longer than a line - one model's unknown word may be hundreds of the other's
 * bytes - goes on in the next: chips in the order of the text, until one row is full. */
static void
append_pieces (SemTokenPair *self, const SemPairCell *whole, double most)
{
  SemPairCell piece = *whole;
  gsize next[2] = { whole->first[0], whole->first[1] };
  const gsize end[2] = { next[0] + whole->n[0], next[1] + whole->n[1] };

  piece.n[0] = piece.n[1] = 0;
  while (next[0] < end[0] || next[1] < end[1])
    {
      guint row = next[0] < end[0]
                          && (next[1] >= end[1]
                              || get_start (self, 0, next[0]) <= get_start (self, 1, next[1]))
                      ? 0
                      : 1;

      if (piece.n[row] == 0)
        piece.first[row] = next[row];
      piece.n[row]++;
      if (piece.n[row] > 1 && measure_row (self, row, &piece) > most)
        {
          piece.n[row]--;
          append_cell (self, &piece);
          piece.n[0] = piece.n[1] = 0;
          piece.glued = FALSE;
          continue;
        }
      next[row]++;
    }
  append_cell (self, &piece);
}

static void
add_cell (SemTokenPair *self, SemPairCell *cell)
{
  double most = self->base.width - self->gutter - MARGIN * self->unit_size;

  for (guint row = 0; row < 2; row++)
    if (cell->n[row] > 0 && self->cells->len > 0)
      cell->glued |= get_chip (self, row, cell->first[row])->joined_left;
  if (measure_row (self, 0, cell) > most || measure_row (self, 1, cell) > most)
    append_pieces (self, cell, most);
  else if (cell->n[0] + cell->n[1] > 0)
    append_cell (self, cell);
}

/* Is any of these tokens one that the strip had no room for? */
static gboolean
is_left_out (const SemTokenPair *self, guint row, gsize first, gsize n)
{
  const SemTokensLayout *tokens = self->rows[row];

  for (gsize i = first; i < first + n && i < tokens->n_tokens; i++)
    if (tokens->chip_of_token[i] == SEM_NO_ITEM)
      return TRUE;
  return FALSE;
}

/* A cell for each segment of the text, and for what stands between them: special tokens, and tokens
 * that cover nothing. */
static void
add_cells (SemTokenPair *self)
{
  const GArray *segments = sem_comparison_get_tokens (self->comparison)->segments;
  gsize next[2] = { 0, 0 };
  guint i = 0;

  for (; i < segments->len; i++)
    {
      const SemTokenSegment *segment = &g_array_index (segments, SemTokenSegment, i);
      const gsize first[2] = { segment->first_a, segment->first_b };
      const gsize n[2] = { segment->n_a, segment->n_b };
      SemPairCell between = { .n = { 0, 0 } }, cell = { .differs = !segment->same };

      if (is_left_out (self, 0, first[0], n[0]) || is_left_out (self, 1, first[1], n[1]))
        break;
      for (guint row = 0; row < 2; row++)
        {
          if (n[row] > 0 && first[row] > next[row])
            take_chips (self, row, next[row], first[row] - next[row], &between);
          take_chips (self, row, first[row], n[row], &cell);
          if (n[row] > 0)
            next[row] = first[row] + n[row];
        }
      add_cell (self, &between);
      add_cell (self, &cell);
    }
  if (i == segments->len)
    {
      SemPairCell rest = { .n = { 0, 0 } };

      for (guint row = 0; row < 2; row++)
        take_chips (self, row, next[row], self->rows[row]->n_tokens - next[row], &rest);
      add_cell (self, &rest);
    }
}

/* Chips that are in no cell are not drawn; they stand behind the last that is. */
static gsize
drop_rest (SemTokenPair *self)
{
  gsize n_dropped = 0;

  for (guint row = 0; row < 2; row++)
    {
      SemTokensLayout *tokens = self->rows[row];
      gsize n_kept = 0;

      for (guint i = 0; i < self->cells->len; i++)
        {
          const SemPairCell *cell = &g_array_index (self->cells, SemPairCell, i);

          if (cell->n[row] > 0)
            n_kept = cell->first[row] + cell->n[row];
        }
      g_array_set_size (tokens->chips, (guint)MIN (n_kept, tokens->chips->len));
      if (tokens->chips->len > 0)
        get_chip (self, row, tokens->chips->len - 1)->joined_right = FALSE;
      for (gsize i = 0; i < tokens->n_tokens; i++)
        {
          const SemToken *token
              = sem_encoding_get_tokens (sem_analysis_get_encoding (tokens->analysis), NULL) + i;

          if (tokens->chip_of_token[i] != SEM_NO_ITEM && tokens->chip_of_token[i] < n_kept)
            continue;
          tokens->chip_of_token[i] = SEM_NO_ITEM;
          n_dropped += (token->flags & SEM_TOKEN_TEMPLATE) ? 0 : 1;
        }
    }
  return n_dropped;
}

/* --- places --- */

/* Spreads the chips of one row over its cell; what is left over goes to the last. */
static void
place_row (SemTokenPair *self, guint row, const SemPairCell *cell, double y)
{
  double gap = round (GAP * self->unit_size), x = cell->box.x;
  double extra = cell->box.width - cell->natural[row];

  for (gsize i = 0; i < cell->n[row]; i++)
    {
      SemChip *chip = get_chip (self, row, cell->first[row] + i);
      double share = i + 1 < cell->n[row] ? floor (extra / (double)(cell->n[row] - i)) : extra;

      x += i > 0 && !chip->joined_left ? gap : 0.0;
      chip->box.x = x;
      chip->box.y = y;
      chip->box.width = MAX (chip->box.width + share, 1.0);
      extra -= share;
      x += chip->box.width;
    }
}

static void
add_marks (SemTokenPair *self, const SemPairCell *cell)
{
  for (guint row = 0; row < 2; row++)
    for (gsize i = 0; cell->differs && i < cell->n[row]; i++)
      {
        const SemChip *chip = get_chip (self, row, cell->first[row] + i);
        double right = chip->box.x + chip->box.width;
        SemPairMark mark = { .row = row };

        if (!sem_comparison_is_place (self->comparison, row, chip->token))
          continue;
        mark.x = i + 1 < cell->n[row] ? (right + chip[1].box.x) / 2.0 : right;
        mark.y = row == 0 ? chip->box.y + chip->box.height : chip->box.y;
        g_array_append_val (self->marks, mark);
      }
}

/* Width of a cell and of those glued to it. */
static double
measure_word (const SemTokenPair *self, guint index, double most)
{
  double width = 0.0;

  for (guint i = index; i < self->cells->len && width <= most; i++)
    {
      const SemPairCell *cell = &g_array_index (self->cells, SemPairCell, i);

      if (i > index && !cell->glued)
        break;
      width += MAX (cell->natural[0], cell->natural[1]);
    }
  return width;
}

/* Lines from the top; both rows break together, and a word goes to the next line as a whole unless
 * it is longer than a line. */
static void
place_cells (SemTokenPair *self)
{
  double size = self->unit_size, left = self->gutter, gap = round (GAP * size);
  double right = MAX (self->base.width - MARGIN * size, left + 1.0), x = left, y = self->header;
  double chip = round (CHIP_HEIGHT * size), between = round (SEM_PAIR_ROW_GAP * size);
  double line = 2.0 * chip + between;

  for (guint i = 0; i < self->cells->len; i++)
    {
      SemPairCell *cell = &g_array_index (self->cells, SemPairCell, i);
      double width = MAX (cell->natural[0], cell->natural[1]), needed = width;

      if (!cell->glued)
        {
          double word = measure_word (self, i, right - left);

          needed = word <= right - left ? word : width;
          x += x > left ? gap : 0.0;
        }
      if (x > left && x + needed > right + 1e-6)
        {
          x = left;
          y += line + round (LINE_GAP * size);
        }
      /* A stretch longer than a line is pressed into it. */
      cell->box = (SemBox){ x, y, MIN (width, MAX (right - x, 1.0)), line };
      for (guint row = 0; row < 2; row++)
        place_row (self, row, cell, row == 0 ? y : y + chip + between);
      add_marks (self, cell);
      x += cell->box.width;
    }
  self->base.content_height = self->cells->len > 0 ? y + line + MARGIN * size : 0.0;
}

/* --- words --- */

static char *
dup_counts (const SemTokenRowCounts *counts)
{
  g_autofree char *tokens = g_strdup_printf (NG_ ("%lu token", "%lu tokens", counts->n_tokens),
                                             (gulong)counts->n_tokens);
  g_autofree char *rate = NULL;
  g_autofree char *unknown = NULL;

  if (!isnan (counts->tokens_per_word))
    {
      g_autofree char *number = sem_text_dup_number (counts->tokens_per_word, 2);

      rate = g_strdup_printf (_ ("%s per word"), number);
    }
  if (counts->n_unknown > 0)
    unknown = g_strdup_printf (NG_ ("%lu unknown", "%lu unknown", counts->n_unknown),
                               (gulong)counts->n_unknown);
  if (rate != NULL && unknown != NULL)
    return g_strjoin (" · ", tokens, rate, unknown, NULL);
  return g_strjoin (" · ", tokens, rate != NULL ? rate : unknown, NULL);
}

static void
make_words (SemTokenPair *self)
{
  const SemTokenComparison *tokens = sem_comparison_get_tokens (self->comparison);
  gsize n = sem_comparison_get_n_places (self->comparison);

  for (guint row = 0; row < 2; row++)
    {
      self->names[row]
          = g_strdup (sem_model_get_name (sem_analysis_get_model (self->rows[row]->analysis)));
      self->counts[row] = dup_counts (row == 0 ? &tokens->a : &tokens->b);
    }
  if (n == 0)
    self->summary = g_strdup (_ ("Both cut the text at the same places"));
  else
    self->summary = g_strdup_printf (
        NG_ ("Boundaries differ at %lu place", "Boundaries differ at %lu places", n), (gulong)n);
}

/* --- pick, locate, step --- */

static void
set_item (const SemTokenPair *self, guint row, const SemChip *chip, SemItem *item)
{
  *item = (SemItem)SEM_ITEM_INIT;
  item->kind = row == 0 ? SEM_ITEM_TOKEN : SEM_ITEM_OTHER_TOKEN;
  item->token = chip->token;
  item->unit = chip->unit;
}

static void
pick_token (const SemLayout *layout, double x, double y, SemItem *item)
{
  const SemTokenPair *self = (const SemTokenPair *)layout;

  for (guint row = 0; row < 2 && item->kind == SEM_ITEM_NONE; row++)
    {
      SemItem found;

      sem_layout_pick (&self->rows[row]->base, x, y, &found);
      if (found.kind == SEM_ITEM_TOKEN)
        set_item (self, row, get_chip (self, row, self->rows[row]->chip_of_token[found.token]),
                  item);
    }
}

/* The chip of an item, in the row it belongs to; NULL: it has none. */
static const SemChip *
find_chip (const SemTokenPair *self, const SemItem *item, guint *row)
{
  *row = item->kind == SEM_ITEM_OTHER_TOKEN ? 1 : 0;
  if (item->kind == SEM_ITEM_TOKEN || item->kind == SEM_ITEM_OTHER_TOKEN)
    {
      gsize index = item->token < self->rows[*row]->n_tokens
                        ? self->rows[*row]->chip_of_token[item->token]
                        : SEM_NO_ITEM;

      return index != SEM_NO_ITEM ? get_chip (self, *row, index) : NULL;
    }
  for (gsize i = 0; item->unit != SEM_NO_ITEM && i < self->rows[0]->chips->len; i++)
    if (get_chip (self, 0, i)->unit == item->unit)
      return get_chip (self, 0, i);
  return NULL;
}

static gboolean
locate_token (const SemLayout *layout, const SemItem *item, SemBox *box)
{
  guint row;
  const SemChip *chip
      = item->kind != SEM_ITEM_NONE ? find_chip ((const SemTokenPair *)layout, item, &row) : NULL;

  if (chip == NULL)
    return FALSE;
  *box = chip->box;
  return TRUE;
}

/* The chip of the nearest row above or below, of either model, whose middle is nearest. */
static const SemChip *
find_in_next_row (const SemTokenPair *self, const SemChip *from, int dy, guint *row)
{
  double middle = from->box.x + from->box.width / 2.0, best_x = G_MAXDOUBLE, best_y = G_MAXDOUBLE;
  const SemChip *best = NULL;

  for (guint r = 0; r < 2; r++)
    for (gsize i = 0; i < self->rows[r]->chips->len; i++)
      {
        const SemChip *chip = get_chip (self, r, i);
        double away = (chip->box.y - from->box.y) * dy;
        double aside = fabs (chip->box.x + chip->box.width / 2.0 - middle);

        if (away <= 0.0 || away > best_y || (away == best_y && aside >= best_x))
          continue;
        best = chip;
        best_y = away;
        best_x = aside;
        *row = r;
      }
  return best;
}

static void
step_token (const SemLayout *layout, const SemItem *from, int dx, int dy, SemItem *to)
{
  const SemTokenPair *self = (const SemTokenPair *)layout;
  guint row = 0;
  const SemChip *chip
      = from != NULL && from->kind != SEM_ITEM_NONE ? find_chip (self, from, &row) : NULL;

  if (chip == NULL)
    {
      row = self->rows[0]->chips->len > 0 ? 0 : 1;
      if (self->rows[row]->chips->len > 0)
        set_item (self, row, get_chip (self, row, 0), to);
      return;
    }
  if (dy != 0)
    {
      guint next_row = row;
      const SemChip *next = find_in_next_row (self, chip, dy, &next_row);

      set_item (self, next_row, next != NULL ? next : chip, to);
      return;
    }
  {
    gsize index = (gsize)(chip - get_chip (self, row, 0)), n = self->rows[row]->chips->len;

    if (dx > 0)
      index = MIN (index + 1, n - 1);
    else if (dx < 0 && index > 0)
      index--;
    set_item (self, row, get_chip (self, row, index), to);
  }
}

/* --- object --- */

static void
free_pair (SemLayout *layout)
{
  SemTokenPair *self = (SemTokenPair *)layout;

  for (guint row = 0; row < 2; row++)
    {
      sem_layout_unref (&self->rows[row]->base);
      g_free (self->names[row]);
      g_free (self->counts[row]);
    }
  g_array_unref (self->cells);
  g_array_unref (self->marks);
  g_free (self->summary);
  g_free (self->note);
  sem_text_context_unref (self->text);
  sem_comparison_unref (self->comparison);
}

static const SemLayoutClass token_pair_class = {
  .id = "tokens",
  .free = free_pair,
  .draw = sem_token_pair_draw,
  .draw_overlay = sem_token_pair_draw_overlay,
  .pick = pick_token,
  .locate = locate_token,
  .step = step_token,
};

/* The strips whose chips this picture moves; the second's speak of the first's units. */
static void
make_rows (SemTokenPair *self, const SemLayoutInput *input)
{
  for (guint row = 0; row < 2; row++)
    {
      SemLayoutInput own = *input;

      own.width = MAX (input->width - self->gutter - MARGIN * self->unit_size, 1.0);
      own.comparison = NULL;
      own.previous = NULL;
      if (row == 1)
        own.analysis = sem_comparison_get_second (self->comparison);
      self->rows[row] = (SemTokensLayout *)sem_tokens_layout_new (&own);
    }
  for (gsize i = 0; i < self->rows[1]->chips->len; i++)
    {
      SemChip *chip = get_chip (self, 1, i);

      if (chip->unit != SEM_NO_ITEM)
        chip->unit = sem_comparison_find_first (self->comparison, chip->unit);
    }
}

static void
add_note (SemTokenPair *self, gsize n_left_out)
{
  if (self->cells->len == 0)
    self->note = g_strdup (_ ("No tokens yet: type a sentence."));
  else if (n_left_out > 0)
    {
      double line = round (22.0 * self->unit_size);

      self->note = g_strdup_printf (NG_ ("and %lu more token", "and %lu more tokens", n_left_out),
                                    (gulong)n_left_out);
      self->note_box = (SemBox){ 0.0, self->base.content_height, self->base.width, line };
      self->base.content_height += line;
    }
}

SemLayout *
sem_token_pair_layout_new (const SemLayoutInput *input)
{
  SemTokenPair *self;

  if (input->comparison == NULL)
    return sem_tokens_layout_new (input);
  self = g_new0 (SemTokenPair, 1);
  sem_layout_init (&self->base, &token_pair_class, input);
  self->comparison = sem_comparison_ref (input->comparison);
  self->theme = input->theme;
  self->text = sem_text_context_ref (input->text);
  self->unit_size = sem_text_context_get_scale (input->text);
  self->gutter = round (MIN (GUTTER * self->unit_size, input->width * 0.2));
  self->header = round ((HEADER_LINE * N_HEADER_LINES + 8.0) * self->unit_size);
  self->cells = g_array_new (FALSE, FALSE, sizeof (SemPairCell));
  self->marks = g_array_new (FALSE, FALSE, sizeof (SemPairMark));
  make_rows (self, input);
  add_cells (self);
  {
    gsize n_left_out = drop_rest (self);

    place_cells (self);
    make_words (self);
    add_note (self, n_left_out);
  }
  return &self->base;
}
