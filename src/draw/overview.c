/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The overview as one figure: the text with its selected units marked, the token strip, the heatmap
 * and the map in cards, and the sentence about the chosen pair (or about all pairs).  For export
 * and the command line; the window arranges the same pictures with widgets.
 *
 * Wide pages have the two cards side by side, tall ones one above the other; a part that finds no
 * room is left out, never squeezed over another. */
#include "draw/overview-private.h"

#include "core/analysis/shown.h"
#include "draw/i18n.h"
#include "draw/tokens-private.h"

#include <math.h>
#include <string.h>

#define GAP 12.0
#define TEXT_LINES 3
#define TITLE_HEIGHT 36.0
#define SENTENCE_HEIGHT 44.0
#define MIN_CARD 90.0
#define MAX_TEXT 3000 /* bytes of the text that are looked at for its few lines */

static void
free_overview (SemLayout *layout)
{
  SemOverviewLayout *self = (SemOverviewLayout *)layout;

  for (int i = 0; i < SEM_OVERVIEW_N_PARTS; i++)
    {
      g_clear_pointer (&self->parts[i].layout, sem_layout_unref);
      g_free (self->parts[i].subtitle);
    }
  g_array_unref (self->lines);
  g_free (self->words);
  g_free (self->tokens_note);
  sem_text_context_unref (self->text);
  sem_analysis_unref (self->analysis);
}

char *
sem_overview_count_units (SemUnitKind kind, gsize n)
{
  gulong count = (gulong)n;

  switch (kind)
    {
    case SEM_UNIT_TOKEN:
      return g_strdup_printf (NG_ ("%lu token", "%lu tokens", n), count);
    case SEM_UNIT_CHARACTER:
      return g_strdup_printf (NG_ ("%lu character", "%lu characters", n), count);
    case SEM_UNIT_SENTENCE:
      return g_strdup_printf (NG_ ("%lu sentence", "%lu sentences", n), count);
    case SEM_UNIT_PARAGRAPH:
      return g_strdup_printf (NG_ ("%lu paragraph", "%lu paragraphs", n), count);
    case SEM_UNIT_WORD:
    default:
      return g_strdup_printf (NG_ ("%lu word", "%lu words", n), count);
    }
}

static const char *
get_metric_title (const SemAnalysisOptions *options)
{
  switch (options->metric)
    {
    case SEM_METRIC_DOT:
      return _ ("Dot product");
    case SEM_METRIC_EUCLIDEAN:
      return _ ("Euclidean distance");
    case SEM_METRIC_COSINE:
    default:
      return options->centered ? _ ("Centred cosine similarity") : _ ("Cosine similarity");
    }
}

/* The beginning of the text, broken into lines of the card; returns the card's bottom. */
static double
place_text (SemOverviewLayout *self, double y)
{
  gsize length;
  const char *text = sem_encoding_get_text (sem_analysis_get_encoding (self->analysis), &length);
  double size = self->unit_size,
         inside
         = self->base.width - 2.0 * (SEM_OVERVIEW_PAGE_MARGIN + SEM_OVERVIEW_CARD_PADDING) * size;
  gsize taken = MIN (length, MAX_TEXT), n_lines = self->base.height < 420.0 * size ? 1 : TEXT_LINES;

  while (taken > 0 && taken < length && ((guchar)text[taken] & 0xc0) == 0x80)
    taken--;
  self->words = g_strndup (text, taken);
  self->lines = sem_text_wrap (self->text, SEM_FONT_BODY, SEM_OVERVIEW_TEXT_SIZE * size,
                               self->words, inside, n_lines, &self->text_complete);
  self->text_complete = self->text_complete && taken == length;
  self->text_card
      = (SemBox){ SEM_OVERVIEW_PAGE_MARGIN * size, y,
                  MAX (self->base.width - 2.0 * SEM_OVERVIEW_PAGE_MARGIN * size, 1.0),
                  (20.0 + SEM_OVERVIEW_TEXT_LEAD * (double)MAX (self->lines->len, 1)) * size };
  return y + self->text_card.height;
}

/* The chips' rows that fit into height; the rest is counted. */
static double
place_tokens (SemOverviewLayout *self, const SemLayoutInput *input, double y, double height)
{
  SemOverviewPart *part = &self->parts[SEM_OVERVIEW_PART_TOKENS];
  SemLayoutInput own = *input;
  const SemTokensLayout *tokens;
  double bottom = 0.0, note = 18.0 * self->unit_size;
  gsize n_left = 0;

  own.width = MAX (self->base.width - 2.0 * SEM_OVERVIEW_PAGE_MARGIN * self->unit_size, 1.0);
  own.height = height;
  part->layout = sem_tokens_layout_new (&own);
  tokens = (const SemTokensLayout *)part->layout;
  for (gsize i = 0; i < tokens->chips->len; i++)
    {
      const SemBox *box = &g_array_index (tokens->chips, SemChip, i).box;
      double end = box->y + box->height;

      if (end <= (part->layout->content_height <= height ? height : height - note))
        bottom = MAX (bottom, end + 2.0 * self->unit_size);
      else
        n_left++;
    }
  part->box = (SemBox){ SEM_OVERVIEW_PAGE_MARGIN * self->unit_size, y, own.width, bottom };
  if (tokens->chips->len == 0)
    part->box.height = 0.0;
  if (n_left == 0)
    return y + part->box.height;
  self->tokens_note
      = g_strdup_printf (NG_ ("and %lu more token", "and %lu more tokens", n_left), (gulong)n_left);
  return y + part->box.height + note;
}

static void
place_card (SemOverviewLayout *self,
            SemOverviewPart *part,
            const SemLayoutInput *input,
            SemBox card,
            SemLayout *(*make) (const SemLayoutInput *))
{
  double size = self->unit_size, side = MIN (SEM_OVERVIEW_CARD_PADDING * size, card.width * 0.05);
  SemLayoutInput own = *input;

  if (card.width < MIN_CARD * size || card.height < MIN_CARD * size)
    return;
  part->card = card;
  part->box = (SemBox){ card.x + side, card.y + TITLE_HEIGHT * size, card.width - 2.0 * side,
                        card.height - TITLE_HEIGHT * size - side };
  own.width = part->box.width;
  own.height = part->box.height;
  part->layout = make (&own);
}

/* Both cards below y, side by side on a wide page. */
static void
place_cards (SemOverviewLayout *self, const SemLayoutInput *input, double y, double bottom)
{
  double margin = SEM_OVERVIEW_PAGE_MARGIN * self->unit_size, gap = GAP * self->unit_size;
  double width = self->base.width - 2.0 * margin, height = bottom - y;
  SemBox left = { margin, y, width, height }, right = left;

  if (width >= height * 1.15)
    {
      /* The heatmap is square with its bar: it takes what its height can use, and a little less
       * than half. */
      left.width = round (CLAMP (height * 1.06, width * 0.36, width * 0.5));
      right.x = margin + left.width + gap;
      right.width = width - left.width - gap;
    }
  else
    {
      left.height = round ((height - gap) * 0.54);
      right.y = y + left.height + gap;
      right.height = height - left.height - gap;
    }
  place_card (self, &self->parts[SEM_OVERVIEW_PART_HEATMAP], input, left, sem_heatmap_layout_new);
  place_card (self, &self->parts[SEM_OVERVIEW_PART_MAP], input, right, sem_map_layout_new);
}

static void
name_cards (SemOverviewLayout *self)
{
  const SemAnalysisOptions *options = sem_analysis_get_options (self->analysis);
  gsize n = sem_analysis_get_n (self->analysis);
  gsize n_total = MAX (sem_units_get_n_total (sem_analysis_get_units (self->analysis)), n);
  g_autofree char *count = sem_overview_count_units (options->unit, n_total);

  self->parts[SEM_OVERVIEW_PART_HEATMAP].title = get_metric_title (options);
  if (n_total > n)
    self->parts[SEM_OVERVIEW_PART_HEATMAP].subtitle
        = g_strdup_printf (_ ("between the first %lu of %s"), (gulong)n, count);
  else
    self->parts[SEM_OVERVIEW_PART_HEATMAP].subtitle = g_strdup_printf (_ ("between %s"), count);
  self->parts[SEM_OVERVIEW_PART_MAP].title = _ ("PCA map");
  self->parts[SEM_OVERVIEW_PART_MAP].subtitle = g_strdup (_ ("of their embeddings"));
}

/* A part under a place, and the place in its own coordinates. */
static const SemOverviewPart *
find_part (const SemOverviewLayout *self, double *x, double *y)
{
  for (int i = 0; i < SEM_OVERVIEW_N_PARTS; i++)
    if (self->parts[i].layout != NULL && sem_box_contains (&self->parts[i].box, *x, *y))
      {
        *x -= self->parts[i].box.x;
        *y -= self->parts[i].box.y;
        return &self->parts[i];
      }
  return NULL;
}

static void
pick_overview (const SemLayout *layout, double x, double y, SemItem *item)
{
  const SemOverviewPart *part = find_part ((const SemOverviewLayout *)layout, &x, &y);

  if (part != NULL)
    sem_layout_pick (part->layout, x, y, item);
}

/* A token is in the strip, a pair in the heatmap, a unit on the map. */
static const SemOverviewPart *
find_part_of_item (const SemOverviewLayout *self, const SemItem *item)
{
  switch (item->kind)
    {
    case SEM_ITEM_TOKEN:
      return &self->parts[SEM_OVERVIEW_PART_TOKENS];
    case SEM_ITEM_PAIR:
      return &self->parts[SEM_OVERVIEW_PART_HEATMAP];
    case SEM_ITEM_UNIT:
    case SEM_ITEM_NEARBY:
      return &self->parts[SEM_OVERVIEW_PART_MAP];
    case SEM_ITEM_NONE:
    case SEM_ITEM_DIMENSION:
    case SEM_ITEM_COMPONENT:
    case SEM_ITEM_STEP:
    default:
      return NULL;
    }
}

static gboolean
locate_overview (const SemLayout *layout, const SemItem *item, SemBox *box)
{
  const SemOverviewLayout *self = (const SemOverviewLayout *)layout;
  const SemOverviewPart *part = find_part_of_item (self, item);
  SemBox found;

  if (part == NULL || part->layout == NULL || !sem_layout_locate (part->layout, item, &found)
      || found.y + found.height > part->box.height + 1.0)
    return FALSE;
  *box = (SemBox){ found.x + part->box.x, found.y + part->box.y, found.width, found.height };
  return TRUE;
}

static void
step_overview (const SemLayout *layout, const SemItem *from, int dx, int dy, SemItem *to)
{
  const SemOverviewLayout *self = (const SemOverviewLayout *)layout;
  const SemOverviewPart *part = from != NULL ? find_part_of_item (self, from) : NULL;

  if (part == NULL)
    part = &self->parts[SEM_OVERVIEW_PART_TOKENS];
  if (part->layout != NULL)
    sem_layout_step (part->layout, from, dx, dy, to);
}

static const SemLayoutClass overview_class = {
  .id = "overview",
  .free = free_overview,
  .draw = sem_overview_draw,
  .draw_overlay = sem_overview_draw_overlay,
  .pick = pick_overview,
  .locate = locate_overview,
  .step = step_overview,
};

SemLayout *
sem_overview_layout_new (const SemLayoutInput *input, const SemFocus *focus)
{
  SemOverviewLayout *self = g_new0 (SemOverviewLayout, 1);
  double size = sem_text_context_get_scale (input->text), y, bottom;

  sem_layout_init (&self->base, &overview_class, input);
  self->analysis = sem_analysis_ref (input->analysis);
  self->theme = input->theme;
  self->text = sem_text_context_ref (input->text);
  self->unit_size = size;
  for (gsize i = 0; focus != NULL && i < focus->n_selected && self->n_selected < 2; i++)
    if (focus->selected[i] < sem_analysis_get_n (self->analysis))
      self->selected[self->n_selected++] = focus->selected[i];
  if (self->n_selected == 2 && sem_analysis_has_vectors (self->analysis))
    sem_shown_rank (self->analysis, input->options, self->selected[0], self->selected[1],
                    &self->rank);
  bottom = self->base.height;
  if (bottom > 300.0 * size)
    {
      bottom -= SENTENCE_HEIGHT * size;
      self->sentence = (SemBox){ 0.0, bottom, self->base.width, SENTENCE_HEIGHT * size };
    }
  y = place_text (self, MIN (SEM_OVERVIEW_PAGE_MARGIN * size, self->base.height * 0.04));
  y = place_tokens (self, input, y + GAP * size, MAX ((bottom - y) * 0.27, 0.0));
  place_cards (self, input, y + GAP * size, bottom - GAP * size);
  name_cards (self);
  return &self->base;
}
