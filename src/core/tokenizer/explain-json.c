/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An explanation as JSON, for `tokenize --explain`. */
#include "core/tokenizer/explain.h"
#include "core/tokenizer/model.h"
#include "core/tokenizer/unicode-data.h"

static json_t *
piece_name (const SemExplanation *self, guint32 id)
{
  const char *piece = sem_tokenizer_get_piece (sem_encoding_get_tokenizer (self->encoding), id);

  return json_string (piece != NULL ? piece : "");
}

static json_t *
stretch_to_json (const SemExplainStretch *s)
{
  json_t *alignment = json_array ();

  for (gsize at = 0; at < s->normalized.len;
       at += sem_utf8_length ((guint8)s->normalized.bytes[at]))
    json_array_append_new (alignment, json_pack ("[i,i]", (int)s->normalized.spans[at].start,
                                                 (int)s->normalized.spans[at].end));
  return json_pack (
      "{s:i,s:i,s:o,s:o}", "start", (int)s->span.start, "end", (int)s->span.end, "normalized",
      json_stringn (s->normalized.bytes != NULL ? s->normalized.bytes : "", s->normalized.len),
      "alignment", alignment);
}

static json_t *
pieces_to_json (const SemExplanation *self, const GArray *pieces)
{
  json_t *list = json_array ();

  for (guint i = 0; i < pieces->len; i++)
    {
      const SemPiece *p = &g_array_index (pieces, SemPiece, i);

      json_array_append_new (list, json_pack ("{s:i,s:o,s:i,s:i}", "id", (int)p->id, "piece",
                                              piece_name (self, p->id), "start", (int)p->start,
                                              "end", (int)p->end));
    }
  return list;
}

static json_t *
tries_to_json (const SemExplainWord *w)
{
  json_t *list = json_array ();

  for (guint i = 0; i < w->tries->len; i++)
    {
      const SemExplainTry *t = &g_array_index (w->tries, SemExplainTry, i);

      json_array_append_new (list, json_pack ("{s:o,s:i,s:i,s:b,s:i}", "text",
                                              json_stringn (w->text + t->start, t->end - t->start),
                                              "start", (int)t->start, "end", (int)t->end, "found",
                                              t->id != SEM_VOCAB_NONE, "id",
                                              t->id != SEM_VOCAB_NONE ? (int)t->id : -1));
    }
  return list;
}

static json_t *
merges_to_json (const SemExplanation *self, const SemExplainWord *w)
{
  json_t *list = json_array ();

  for (guint i = 0; i < w->merges->len; i++)
    {
      const SemBpeMerge *m = &g_array_index (w->merges, SemBpeMerge, i);

      json_array_append_new (list, json_pack ("{s:i,s:o,s:o,s:o,s:i,s:i,s:i}", "rank", (int)m->rank,
                                              "left", piece_name (self, m->left), "right",
                                              piece_name (self, m->right), "result",
                                              piece_name (self, m->result), "start", (int)m->start,
                                              "middle", (int)m->middle, "end", (int)m->end));
    }
  return list;
}

static json_t *
edges_to_json (const SemExplanation *self, const SemExplainWord *w)
{
  json_t *list = json_array ();

  for (guint i = 0; i < w->edges->len; i++)
    {
      const SemExplainEdge *e = &g_array_index (w->edges, SemExplainEdge, i);

      json_array_append_new (list, json_pack ("{s:i,s:o,s:i,s:i,s:f,s:f,s:b}", "id", (int)e->id,
                                              "piece", piece_name (self, e->id), "start",
                                              (int)e->start, "end", (int)e->end, "score", e->score,
                                              "best", e->best, "on_path", e->on_path));
    }
  return list;
}

static json_t *
word_to_json (const SemExplanation *self, const SemExplainWord *w)
{
  json_t *o = json_pack ("{s:o,s:i,s:i,s:b,s:o}", "text", json_stringn (w->text, w->length),
                         "start", (int)w->span.start, "end", (int)w->span.end, "added", w->added,
                         "pieces", pieces_to_json (self, w->pieces));

  if (w->tries != NULL)
    json_object_set_new (o, "tries", tries_to_json (w));
  if (w->symbols != NULL)
    json_object_set_new (o, "symbols", pieces_to_json (self, w->symbols));
  if (w->merges != NULL)
    json_object_set_new (o, "merges", merges_to_json (self, w));
  if (w->edges != NULL)
    json_object_set_new (o, "lattice", edges_to_json (self, w));
  return o;
}

char *
sem_tokenizer_explain_to_json (const SemExplanation *self)
{
  json_t *root, *stretches = json_array (), *words = json_array ();
  gsize length;
  const char *text = sem_encoding_get_text (self->encoding, &length);
  char *dumped, *out;

  for (guint i = 0; i < self->stretches->len; i++)
    json_array_append_new (stretches, stretch_to_json (g_ptr_array_index (self->stretches, i)));
  for (guint i = 0; i < self->words->len; i++)
    json_array_append_new (words, word_to_json (self, g_ptr_array_index (self->words, i)));
  root = json_pack ("{s:s,s:o,s:o,s:o}", "kind",
                    sem_tokenizer_get_kind (sem_encoding_get_tokenizer (self->encoding)), "text",
                    json_stringn (text, length), "stretches", stretches, "words", words);
  dumped = json_dumps (root, JSON_COMPACT);
  json_decref (root);
  /* jansson's memory is not GLib's. */
  out = g_strdup (dumped);
  free (dumped);
  return out;
}
