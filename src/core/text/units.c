/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cuts the text of an encoding into units and finds the tokens of each. */
#include "core/text/units.h"

#include "core/text/segment.h"
#include "core/text/unit-label.h"
#include "core/tokenizer/tokenizer.h"

#include <string.h>

struct _SemUnits
{
  gatomicrefcount ref_count;
  SemUnitKind kind;
  gsize n_total;
  GArray *units; /* of SemUnit */
  GArray *ids;   /* of guint32 */
};

typedef struct
{
  SemUnits *units;
  SemEncoding *encoding;
  const SemToken *tokens;
  gsize n_tokens;
  const char *text;
  gsize length;
  gboolean special;
  gsize max_units;
  GCancellable *cancellable;
} Builder;

static void
clear_unit (gpointer unit)
{
  g_free (((SemUnit *)unit)->label);
}

SemUnits *
sem_units_ref (SemUnits *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sem_units_unref (SemUnits *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->units);
  g_array_unref (self->ids);
  g_free (self);
}

static void
append_unit (Builder *self, gsize start, gsize end)
{
  SemUnit unit = { .start = start, .end = end };
  g_array_append_val (self->units->units, unit);
}

static gboolean
is_template (const SemToken *token)
{
  return (token->flags & SEM_TOKEN_TEMPLATE) != 0;
}

/* --- tokens as units --- */

static void
add_tokens (Builder *self)
{
  SemUnits *units = self->units;
  gsize at = 0;
  for (gsize i = 0; i < self->n_tokens; i++)
    {
      const SemToken *token = &self->tokens[i];
      if (is_template (token) && !self->special)
        continue;
      units->n_total++;
      if (self->max_units > 0 && units->units->len >= self->max_units)
        continue;
      SemUnit unit = { .start = at, .end = at, .first_token = i, .n_tokens = 1 };
      if (!is_template (token))
        {
          unit.start = token->start;
          unit.end = token->end;
          at = token->end;
        }
      unit.first_id = units->ids->len;
      unit.n_ids = 1;
      unit.unknown = (token->flags & SEM_TOKEN_UNKNOWN) != 0;
      unit.label = sem_unit_label_of_token (self->encoding, i);
      g_array_append_val (units->ids, token->id);
      g_array_append_val (units->units, unit);
    }
}

/* --- words, sentences, paragraphs --- */

/* The tokens that overlap each unit, and with pool their ids.  One sweep: neither the units' nor
 * the tokens' ends ever go back; a token may overlap two units, so a unit starts again at the first
 * token that reaches into it. */
static void
assign_tokens (Builder *self, gboolean pool)
{
  GArray *units = self->units->units, *ids = self->units->ids;
  gsize first = 0, end = self->n_tokens;
  while (first < end && is_template (&self->tokens[first]))
    first++;
  while (end > first && is_template (&self->tokens[end - 1]))
    end--;
  for (guint i = 0; i < units->len; i++)
    {
      SemUnit *unit = &g_array_index (units, SemUnit, i);
      while (first < end && self->tokens[first].end <= unit->start)
        first++;
      unit->first_token = first;
      while (first + unit->n_tokens < end && self->tokens[first + unit->n_tokens].start < unit->end)
        unit->n_tokens++;
      if (!pool)
        continue;
      unit->first_id = ids->len;
      unit->n_ids = unit->n_tokens;
      unit->unknown = TRUE;
      for (gsize k = first; k < first + unit->n_tokens; k++)
        {
          g_array_append_val (ids, self->tokens[k].id);
          unit->unknown = unit->unknown && (self->tokens[k].flags & SEM_TOKEN_UNKNOWN);
        }
    }
}

static void
add_spans (Builder *self, const GArray *spans)
{
  gsize n = self->max_units > 0 ? MIN (spans->len, self->max_units) : spans->len;
  for (guint i = 0; i < n; i++)
    {
      const SemSpan *span = &g_array_index (spans, SemSpan, i);
      append_unit (self, span->start, span->end);
    }
  assign_tokens (self, TRUE);
}

/* --- characters --- */

/* What a character's tokens are when it is encoded by itself: a run of the shared ids, found once
 * per character. */
typedef struct
{
  gsize first_id, n_ids;
  gboolean unknown;
} Character;

static const Character *
look_up_character (Builder *self, GHashTable *known, const char *text, gsize n, GError **error)
{
  g_autofree char *key = g_strndup (text, n);
  const Character *found = g_hash_table_lookup (known, key);
  if (found != NULL)
    return found;
  g_autoptr (SemEncoding) encoding
      = sem_tokenizer_encode (sem_encoding_get_tokenizer (self->encoding), text, (gssize)n,
                              SEM_ENCODE_DEFAULT, self->cancellable, error);
  if (encoding == NULL)
    return NULL;
  gsize n_tokens;
  const SemToken *tokens = sem_encoding_get_tokens (encoding, &n_tokens);
  Character *character = g_new (Character, 1);
  *character = (Character){ self->units->ids->len, n_tokens, TRUE };
  for (gsize i = 0; i < n_tokens; i++)
    {
      g_array_append_val (self->units->ids, tokens[i].id);
      character->unknown = character->unknown && (tokens[i].flags & SEM_TOKEN_UNKNOWN);
    }
  g_hash_table_insert (known, g_steal_pointer (&key), character);
  return character;
}

static gboolean
add_characters (Builder *self, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gsize at = 0;
  while (at < self->length && (self->max_units == 0 || self->units->units->len < self->max_units))
    {
      gsize n = sem_next_grapheme (self->text + at, self->length - at);
      const Character *character = look_up_character (self, known, self->text + at, n, error);
      if (character == NULL)
        return FALSE;
      SemUnit unit = { .start = at,
                       .end = at + n,
                       .first_id = character->first_id,
                       .n_ids = character->n_ids,
                       .unknown = character->unknown };
      g_array_append_val (self->units->units, unit);
      at += n;
    }
  self->units->n_total
      = self->units->units->len + sem_count_graphemes (self->text + at, self->length - at);
  assign_tokens (self, FALSE);
  return TRUE;
}

/* --- what all kinds get --- */

static void
place_units (SemUnits *units, const SemSegments *segments)
{
  guint sentence = 0, paragraph = 0;
  for (guint i = 0; i < units->units->len; i++)
    {
      SemUnit *unit = &g_array_index (units->units, SemUnit, i);
      while (sentence + 1 < segments->sentences->len
             && g_array_index (segments->sentences, SemSpan, sentence + 1).start <= unit->start)
        sentence++;
      while (paragraph + 1 < segments->paragraphs->len
             && g_array_index (segments->paragraphs, SemSpan, paragraph + 1).start <= unit->start)
        paragraph++;
      unit->sentence = sentence;
      unit->paragraph = paragraph;
    }
}

static void
label_units (Builder *self)
{
  GArray *units = self->units->units;
  g_autoptr (GHashTable) first = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < units->len; i++)
    {
      SemUnit *unit = &g_array_index (units, SemUnit, i);
      if (unit->label == NULL)
        unit->label = sem_unit_label_of_text (self->text + unit->start, unit->end - unit->start);
      g_autofree char *folded = g_utf8_casefold (unit->label, -1);
      gpointer value;
      unit->first_like_it = i;
      if (g_hash_table_lookup_extended (first, folded, NULL, &value))
        unit->first_like_it = GPOINTER_TO_UINT (value);
      else
        g_hash_table_insert (first, g_steal_pointer (&folded), GUINT_TO_POINTER (i));
      g_array_index (units, SemUnit, unit->first_like_it).n_like_it++;
    }
}

/* Cuts the text as far as the units need it; gives the spans of the units' own kind too. */
static gboolean
segment (Builder *self, SemSegments *segments, GError **error)
{
  static const SemSegmentKinds OWN[SEM_N_UNIT_KINDS] = {
    [SEM_UNIT_WORD] = SEM_SEGMENT_WORDS,
    [SEM_UNIT_SENTENCE] = SEM_SEGMENT_SENTENCES,
    [SEM_UNIT_PARAGRAPH] = SEM_SEGMENT_PARAGRAPHS,
  };
  SemSegmentKinds own = OWN[self->units->kind];
  const GArray *units = self->units->units;
  gsize until = G_MAXSIZE;
  if (own == 0)
    until = units->len > 0 ? g_array_index (units, SemUnit, units->len - 1).start + 1 : 0;
  return sem_segment_text (self->text, self->length, own, self->max_units, until, own, segments,
                           self->cancellable, error);
}

static gboolean
build (Builder *self, GError **error)
{
  SemUnits *units = self->units;
  g_auto (SemSegments) segments = { NULL };
  if (units->kind == SEM_UNIT_TOKEN)
    add_tokens (self);
  else if (units->kind == SEM_UNIT_CHARACTER && !add_characters (self, error))
    return FALSE;
  if (!segment (self, &segments, error))
    return FALSE;
  if (units->kind == SEM_UNIT_WORD)
    {
      units->n_total = segments.n_words;
      add_spans (self, segments.words);
    }
  else if (units->kind == SEM_UNIT_SENTENCE)
    {
      units->n_total = segments.n_sentences;
      add_spans (self, segments.sentences);
    }
  else if (units->kind == SEM_UNIT_PARAGRAPH)
    {
      units->n_total = segments.n_paragraphs;
      add_spans (self, segments.paragraphs);
    }
  place_units (units, &segments);
  label_units (self);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

SemUnits *
sem_units_new (SemEncoding *encoding,
               SemUnitKind kind,
               gboolean special,
               gsize max_units,
               GCancellable *cancellable,
               GError **error)
{
  g_return_val_if_fail ((guint)kind < SEM_N_UNIT_KINDS, NULL);
  g_autoptr (SemUnits) units = g_new0 (SemUnits, 1);
  g_atomic_ref_count_init (&units->ref_count);
  units->kind = kind;
  units->units = g_array_new (FALSE, TRUE, sizeof (SemUnit));
  g_array_set_clear_func (units->units, clear_unit);
  units->ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  Builder builder = { .units = units,
                      .encoding = encoding,
                      .special = special,
                      .max_units = max_units,
                      .cancellable = cancellable };
  builder.tokens = sem_encoding_get_tokens (encoding, &builder.n_tokens);
  builder.text = sem_encoding_get_text (encoding, &builder.length);
  if (!build (&builder, error))
    return NULL;
  return g_steal_pointer (&units);
}

/* --- reading --- */

SemUnitKind
sem_units_get_kind (const SemUnits *self)
{
  return self->kind;
}

gsize
sem_units_get_n (const SemUnits *self)
{
  return self->units->len;
}

gsize
sem_units_get_n_total (const SemUnits *self)
{
  return self->n_total;
}

const SemUnit *
sem_units_get (const SemUnits *self, gsize unit)
{
  g_return_val_if_fail (unit < self->units->len, NULL);
  return &g_array_index (self->units, SemUnit, unit);
}

const guint32 *
sem_units_get_ids (const SemUnits *self, gsize unit, gsize *n_ids)
{
  g_return_val_if_fail (unit < self->units->len, NULL);
  const SemUnit *found = &g_array_index (self->units, SemUnit, unit);
  *n_ids = found->n_ids;
  return (const guint32 *)(gpointer)self->ids->data + found->first_id;
}

gsize
sem_units_count_in_paragraphs (const SemUnits *self, gsize n_paragraphs)
{
  gsize n = 0;
  while (n < sem_units_get_n (self) && sem_units_get (self, n)->paragraph < n_paragraphs)
    n++;
  return n;
}

gsize
sem_units_find_byte (const SemUnits *self, gsize byte)
{
  gsize low = 0, high = self->units->len;
  while (low < high) /* the first unit that ends after byte */
    {
      gsize middle = low + (high - low) / 2;
      if (g_array_index (self->units, SemUnit, middle).end > byte)
        high = middle;
      else
        low = middle + 1;
    }
  return low < self->units->len && g_array_index (self->units, SemUnit, low).start <= byte
             ? low
             : G_MAXSIZE;
}

gsize
sem_units_find_token (const SemUnits *self, gsize token)
{
  gsize low = 0, high = self->units->len;
  while (low < high) /* the first unit with a token after this one, or this one */
    {
      gsize middle = low + (high - low) / 2;
      const SemUnit *unit = &g_array_index (self->units, SemUnit, middle);
      if (unit->first_token + unit->n_tokens > token)
        high = middle;
      else
        low = middle + 1;
    }
  return low < self->units->len && g_array_index (self->units, SemUnit, low).first_token <= token
             ? low
             : G_MAXSIZE;
}

void
sem_text_count (const char *text, gsize length, SemTextCounts *counts)
{
  g_auto (SemSegments) segments = { NULL };
  const SemSegmentKinds all = SEM_SEGMENT_WORDS | SEM_SEGMENT_SENTENCES | SEM_SEGMENT_PARAGRAPHS;
  sem_segment_text (text, length, 0, 0, 0, all, &segments, NULL, NULL);
  *counts = (SemTextCounts){
    .n_bytes = length,
    .n_code_points = (gsize)g_utf8_strlen (text, (gssize)length),
    .n_graphemes = sem_count_graphemes (text, length),
    .n_words = segments.n_words,
    .n_sentences = segments.n_sentences,
    .n_paragraphs = segments.n_paragraphs,
  };
}
