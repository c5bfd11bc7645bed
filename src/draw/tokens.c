/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The token strip: layout, pick and steps.  Chips of one word stay together and wrap together where
 * they can. */
#include "draw/tokens-private.h"

#include "draw/i18n.h"

#include <math.h>
#include <string.h>

#define CHIP_HEIGHT 38.0
#define PADDING 9.0
#define MIN_WIDTH 25.0
#define MAX_WIDTH 260.0
#define GAP 5.0
#define ROW_GAP 7.0
#define MARGIN 2.0 /* room for the ring around a selected chip */
#define MAX_HEX_BYTES 8

static gboolean
is_invisible (gunichar c)
{
  return g_unichar_iscntrl (c) || c == 0xad || (c >= 0x200b && c <= 0x200f)
         || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

/* Is there nothing to see?  A joiner within a word or an emoji has to stay what it is. */
static gboolean
has_only_invisible (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!is_invisible (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

/* Blanks that would be invisible: always for line ends and tabs, for spaces when asked or when
 * there is nothing else. */
static char *
show_blanks (const char *text, gboolean show_spaces)
{
  GString *out = g_string_new (NULL);
  gboolean spell_out = has_only_invisible (text);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n')
        g_string_append (out, "↵");
      else if (c == '\r')
        g_string_append (out, "␍");
      else if (c == '\t')
        g_string_append (out, "⇥");
      else if (c == ' ' || c == 0xa0 || c == 0x3000)
        g_string_append (out, show_spaces ? "·" : " ");
      else if (g_unichar_iscntrl (c) || (spell_out && is_invisible (c)))
        g_string_append_printf (out, "U+%04X", c);
      else
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

static char *
format_hex (const guint8 *bytes, gsize n)
{
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < n && i < MAX_HEX_BYTES; i++)
    g_string_append_printf (out, i == 0 ? "%02X" : " %02X", bytes[i]);
  if (n > MAX_HEX_BYTES)
    g_string_append (out, " …");
  return g_string_free (out, FALSE);
}

/* The text of the sentence that a token covers, or its piece when it covers none. */
static char *
dup_covered (SemEncoding *encoding, gsize index, const SemToken *token)
{
  gsize length;
  const char *text = sem_encoding_get_text (encoding, &length);
  const char *piece = sem_encoding_get_piece (encoding, index);

  if (token->start != SEM_NO_OFFSET && token->start < token->end && token->end <= length)
    return g_strndup (text + token->start, token->end - token->start);
  return g_strdup (piece != NULL ? piece : "?");
}

/* What is written on a chip, from the bytes the token stands for: an id decoded by itself may be
 * half a character. */
static char *
dup_label (SemEncoding *encoding,
           gsize index,
           const SemToken *token,
           gboolean show_spaces,
           SemChipKind *kind)
{
  const char *piece = sem_encoding_get_piece (encoding, index);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *raw = NULL;
  const char *marker = "";
  gsize size = 0;
  const guint8 *data;

  *kind = SEM_CHIP_PIECE;
  if (token->flags & SEM_TOKEN_SPECIAL)
    {
      *kind = (token->flags & SEM_TOKEN_UNKNOWN) ? SEM_CHIP_UNKNOWN : SEM_CHIP_SPECIAL;
      if (*kind == SEM_CHIP_SPECIAL)
        return g_strdup (piece != NULL ? piece : "?");
    }
  if (token->flags & SEM_TOKEN_UNKNOWN)
    {
      *kind = SEM_CHIP_UNKNOWN;
      raw = dup_covered (encoding, index, token);
      return show_blanks (raw, show_spaces);
    }
  bytes = sem_tokenizer_dup_piece_bytes (sem_encoding_get_tokenizer (encoding), token->id);
  data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  if (data == NULL || size == 0)
    raw = dup_covered (encoding, index, token);
  else if ((token->flags & SEM_TOKEN_BYTE)
           || !g_utf8_validate ((const char *)data, (gssize)size, NULL))
    {
      *kind = SEM_CHIP_BYTES;
      return format_hex (data, size);
    }
  else
    raw = g_strndup ((const char *)data, size);
  if ((token->flags & SEM_TOKEN_CONTINUATION) && piece != NULL && g_str_has_prefix (piece, "##"))
    marker = "##";
  if (!show_spaces && raw[strspn (raw, " ")] != '\0')
    {
      g_autofree char *shown = show_blanks (raw + strspn (raw, " "), FALSE);

      return g_strconcat (marker, shown, NULL);
    }
  else
    {
      g_autofree char *shown = show_blanks (raw, TRUE);

      return g_strconcat (marker, shown, NULL);
    }
}

static void
clear_chip (gpointer data)
{
  SemChip *chip = data;

  g_free (chip->label);
  g_free (chip->id_text);
}

static SemFontRole
role_of (SemChipKind kind)
{
  return kind == SEM_CHIP_BYTES ? SEM_FONT_MONO_SMALL : SEM_FONT_BODY_BOLD;
}

static void
measure_chip (SemTokensLayout *self, SemChip *chip, double max_width)
{
  double inside = max_width - 2.0 * PADDING * self->unit_size;
  SemTextSize label, id;

  sem_text_measure (self->text, role_of (chip->kind), 0.0, chip->label, &label);
  if (label.width > inside)
    {
      char *elided
          = sem_text_dup_elided (self->text, role_of (chip->kind), 0.0, chip->label, inside);

      g_free (chip->label);
      chip->label = elided;
      sem_text_measure (self->text, role_of (chip->kind), 0.0, chip->label, &label);
    }
  sem_text_measure (self->text, SEM_FONT_MONO_SMALL, 0.0, chip->id_text, &id);
  chip->box.width = MAX (MAX (label.width, id.width) + 2.0 * PADDING * self->unit_size,
                         MIN_WIDTH * self->unit_size);
  /* Whole points: neighbouring chips and their borders then meet on pixels at every scale. */
  chip->box.width = MIN (ceil (chip->box.width), MAX (max_width, 1.0));
  chip->box.height = round (CHIP_HEIGHT * self->unit_size);
}

static void
add_chips (SemTokensLayout *self, const SemViewOptions *options, gsize *n_left_out)
{
  SemEncoding *encoding = sem_analysis_get_encoding (self->analysis);
  const SemToken *tokens = sem_encoding_get_tokens (encoding, &self->n_tokens);
  SemUnits *units = sem_analysis_get_units (self->analysis);
  double max_width
      = MIN (MAX_WIDTH * self->unit_size, self->base.width - 2.0 * MARGIN * self->unit_size);

  self->chip_of_token = g_new (gsize, MAX (self->n_tokens, 1));
  *n_left_out = 0;
  for (gsize i = 0; i < self->n_tokens; i++)
    {
      SemChip chip = { .token = i, .id = tokens[i].id };
      gboolean hidden = (tokens[i].flags & SEM_TOKEN_TEMPLATE) && !options->show_special;

      self->chip_of_token[i] = SEM_NO_ITEM;
      if (hidden)
        continue;
      if (self->chips->len >= SEM_MAX_CHIPS)
        {
          (*n_left_out)++;
          continue;
        }
      chip.unit = units != NULL ? sem_units_find_token (units, i) : SEM_NO_ITEM;
      chip.label = dup_label (encoding, i, &tokens[i], options->show_spaces, &chip.kind);
      chip.id_text = g_strdup_printf ("%u", tokens[i].id);
      if ((tokens[i].flags & SEM_TOKEN_CONTINUATION) && self->chips->len > 0)
        {
          SemChip *before = &g_array_index (self->chips, SemChip, self->chips->len - 1);

          chip.joined_left = before->joined_right = before->kind != SEM_CHIP_SPECIAL;
        }
      measure_chip (self, &chip, max_width);
      self->chip_of_token[i] = self->chips->len;
      g_array_append_val (self->chips, chip);
    }
}

/* Rows from the top; a word goes to the next row as a whole unless it is longer than a row. */
static void
place_chips (SemTokensLayout *self)
{
  double margin = MARGIN * self->unit_size, right = MAX (self->base.width - margin, 1.0);
  double x = margin, y = margin, height = round (CHIP_HEIGHT * self->unit_size);
  double gap = round (GAP * self->unit_size), row = height + round (ROW_GAP * self->unit_size);

  for (gsize i = 0; i < self->chips->len; i++)
    {
      SemChip *chip = &g_array_index (self->chips, SemChip, i);
      double needed = chip->box.width;

      if (!chip->joined_left)
        {
          double word = needed;

          for (gsize j = i; j + 1 < self->chips->len && word <= right - margin
                            && g_array_index (self->chips, SemChip, j).joined_right;
               j++)
            word += g_array_index (self->chips, SemChip, j + 1).box.width;
          if (word <= right - margin)
            needed = word;
          x += x > margin ? gap : 0.0;
        }
      if (x > margin && x + needed > right + 1e-6)
        {
          x = margin;
          y += row;
        }
      chip->box.x = x;
      chip->box.y = y;
      x += chip->box.width;
    }
  self->base.content_height = self->chips->len > 0 ? y + height + margin : 0.0;
}

static void
free_tokens (SemLayout *layout)
{
  SemTokensLayout *self = (SemTokensLayout *)layout;

  g_array_unref (self->chips);
  g_free (self->chip_of_token);
  g_free (self->note);
  sem_text_context_unref (self->text);
  sem_analysis_unref (self->analysis);
}

/* The chips are in rows of growing y, and of growing x within a row: the last one that starts at or
 * before the place. */
static gsize
find_chip (const SemTokensLayout *self, double x, double y)
{
  gsize low = 0, high = self->chips->len;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;
      const SemBox *box = &g_array_index (self->chips, SemChip, middle).box;

      if (box->y + box->height <= y || (box->y <= y && box->x <= x))
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0 || !sem_box_contains (&g_array_index (self->chips, SemChip, low - 1).box, x, y))
    return SEM_NO_ITEM;
  return low - 1;
}

static void
set_item (const SemTokensLayout *self, gsize index, SemItem *item)
{
  const SemChip *chip = &g_array_index (self->chips, SemChip, index);

  *item = (SemItem)SEM_ITEM_INIT;
  item->kind = SEM_ITEM_TOKEN;
  item->token = chip->token;
  item->unit = chip->unit;
}

static void
pick_token (const SemLayout *layout, double x, double y, SemItem *item)
{
  const SemTokensLayout *self = (const SemTokensLayout *)layout;
  gsize index = find_chip (self, x, y);

  if (index != SEM_NO_ITEM)
    set_item (self, index, item);
}

/* The chip of a token, or the first one of a unit. */
static gsize
find_item (const SemTokensLayout *self, const SemItem *item)
{
  if (item->kind == SEM_ITEM_TOKEN)
    return item->token < self->n_tokens ? self->chip_of_token[item->token] : SEM_NO_ITEM;
  if (item->kind == SEM_ITEM_NONE)
    return SEM_NO_ITEM;
  for (gsize i = 0; i < self->chips->len; i++)
    if (g_array_index (self->chips, SemChip, i).unit == item->unit && item->unit != SEM_NO_ITEM)
      return i;
  return SEM_NO_ITEM;
}

static gboolean
locate_token (const SemLayout *layout, const SemItem *item, SemBox *box)
{
  const SemTokensLayout *self = (const SemTokensLayout *)layout;
  gsize index = find_item (self, item);

  if (index == SEM_NO_ITEM)
    return FALSE;
  *box = g_array_index (self->chips, SemChip, index).box;
  return TRUE;
}

/* The chip of the row above or below whose middle is nearest; the one itself when there is no such
 * row. */
static gsize
find_in_next_row (const SemTokensLayout *self, gsize from, int dy)
{
  const SemBox *box = &g_array_index (self->chips, SemChip, from).box;
  double middle = box->x + box->width / 2.0, best_distance = G_MAXDOUBLE, row = NAN;
  gsize best = from;

  for (gsize i = from; i<self->chips->len; i = dy> 0 ? i + 1 : i - 1)
    {
      const SemBox *other = &g_array_index (self->chips, SemChip, i).box;
      double distance = fabs (other->x + other->width / 2.0 - middle);

      if (other->y == box->y)
        continue;
      if (isnan (row))
        row = other->y;
      if (other->y != row)
        break;
      if (distance < best_distance)
        {
          best = i;
          best_distance = distance;
        }
    }
  return best;
}

static void
step_token (const SemLayout *layout, const SemItem *from, int dx, int dy, SemItem *to)
{
  const SemTokensLayout *self = (const SemTokensLayout *)layout;
  gsize index = from != NULL ? find_item (self, from) : SEM_NO_ITEM;

  if (self->chips->len == 0)
    return;
  if (index == SEM_NO_ITEM)
    index = 0;
  else if (dy != 0)
    index = find_in_next_row (self, index, dy);
  else if (dx > 0)
    index = MIN (index + 1, self->chips->len - 1);
  else if (dx < 0 && index > 0)
    index--;
  set_item (self, index, to);
}

static gboolean
is_same_chip (const SemChip *a, const SemChip *b)
{
  return a->id == b->id && a->kind == b->kind && a->joined_left == b->joined_left
         && a->joined_right == b->joined_right && memcmp (&a->box, &b->box, sizeof a->box) == 0
         && strcmp (a->label, b->label) == 0;
}

static void
add_boxes (const SemTokensLayout *self, gsize first, gsize end, SemBox *box)
{
  for (gsize i = first; i < MIN (end, self->chips->len); i++)
    {
      const SemBox *chip = &g_array_index (self->chips, SemChip, i).box;
      double x1 = MAX (box->x + box->width, chip->x + chip->width);
      double y1 = MAX (box->y + box->height, chip->y + chip->height);

      if (box->width == 0.0)
        {
          *box = *chip;
          continue;
        }
      box->x = MIN (box->x, chip->x);
      box->y = MIN (box->y, chip->y);
      box->width = x1 - box->x;
      box->height = y1 - box->y;
    }
}

/* Typing changes a chip or two, and moves those behind it. */
static gboolean
find_changed_chips (const SemLayout *layout, const SemLayout *previous, SemBox *box)
{
  const SemTokensLayout *self = (const SemTokensLayout *)layout;
  const SemTokensLayout *old = (const SemTokensLayout *)previous;
  const SemChip *chips = (const SemChip *)(void *)self->chips->data;
  const SemChip *old_chips = (const SemChip *)(void *)old->chips->data;
  gsize n = self->chips->len, n_old = old->chips->len, first = 0, n_tail = 0;

  if (n == 0 || n_old == 0 || self->note != NULL || old->note != NULL || self->theme != old->theme
      || self->text != old->text || self->unit_size != old->unit_size || self->scale != old->scale)
    return FALSE;
  while (first < MIN (n, n_old) && is_same_chip (&chips[first], &old_chips[first]))
    first++;
  while (n_tail < MIN (n, n_old) - first
         && is_same_chip (&chips[n - 1 - n_tail], &old_chips[n_old - 1 - n_tail]))
    n_tail++;
  *box = (SemBox){ 0.0, 0.0, 0.0, 0.0 };
  if (first == n && first == n_old)
    return TRUE;
  /* One more on both sides: a chip's dashed edge depends on where the next one stands. */
  first = first > 0 ? first - 1 : 0;
  add_boxes (self, first, n - n_tail + 1, box);
  add_boxes (old, first, n_old - n_tail + 1, box);
  return TRUE;
}

static const SemLayoutClass tokens_class = {
  .id = "tokens",
  .free = free_tokens,
  .draw = sem_tokens_draw,
  .draw_overlay = sem_tokens_draw_overlay,
  .pick = pick_token,
  .locate = locate_token,
  .step = step_token,
  .find_change = find_changed_chips,
};

SemLayout *
sem_tokens_layout_new (const SemLayoutInput *input)
{
  SemTokensLayout *self = g_new0 (SemTokensLayout, 1);
  gsize n_left_out;

  sem_layout_init (&self->base, &tokens_class, input);
  self->analysis = sem_analysis_ref (input->analysis);
  self->theme = input->theme;
  self->text = sem_text_context_ref (input->text);
  self->unit_size = sem_text_context_get_scale (input->text);
  self->scale = input->scale;
  self->chips = g_array_new (FALSE, FALSE, sizeof (SemChip));
  g_array_set_clear_func (self->chips, clear_chip);
  add_chips (self, input->options, &n_left_out);
  place_chips (self);
  if (self->chips->len == 0)
    self->note = g_strdup (_ ("No tokens yet: type a sentence."));
  else if (n_left_out > 0)
    self->note = g_strdup_printf (NG_ ("and %lu more token", "and %lu more tokens", n_left_out),
                                  (gulong)n_left_out);
  if (self->note != NULL && self->chips->len > 0)
    {
      double line = round (22.0 * self->unit_size);

      self->note_box = (SemBox){ 0.0, self->base.content_height, self->base.width, line };
      self->base.content_height += line;
    }
  return &self->base;
}
