/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names by which input embeddings are known, surest first.
 *
 * A pattern matches a whole name, or the end of one after a dot, so that any prefix ("bert.",
 * "model.language_model.") is fine.  Families are named beside the patterns because the list is
 * only knowledge, collected from their checkpoints. */
#include "core/model/embedding-choice.h"

#include "core/error.h"

#include <string.h>

#define MAX_LISTED 8

static const char *const input_patterns[] = {
  "word_embeddings.weight", /* BERT, RoBERTa, DistilBERT, MPNet, ALBERT, ELECTRA, DeBERTa, XLM-R,
                               BLOOM, Falcon, GLM */
  "shared.weight",          /* T5, BART, Marian */
  "embed_tokens.weight",    /* Llama, Mistral, Qwen, Gemma, Phi, OPT, DeepSeek */
  "tok_embeddings.weight",  /* ModernBERT, Llama as first published, InternLM2 */
  "wte.weight",             /* GPT-2, GPT-J, MPT, Phi-1, StarCoder, Qwen 1 */
  "embed_in.weight",        /* GPT-NeoX, Pythia */
  "token_embd.weight",      /* GGUF */
  "tokens_embed.weight",    /* GPT */
  "word_embedding.weight",  /* XLNet */
  "token_embedding.weight", /* CLIP, Whisper as first published */
  "token_embeddings.weight",
  "embedding.word_embeddings.weight",
  "tok_embedding.weight",
  "emb.weight",        /* RWKV */
  "embeddings.weight", /* XLM, Mamba, FlauBERT */
  "embedding.weight",  /* sentence-transformers' StaticEmbedding */
  "embeddings",        /* model2vec */
  "embedding",
  "word_embeddings",
  "wte",
};

static const char *const other_patterns[] = {
  "lm_head.weight",
  "embed_out.weight",
  "output.weight",
  "decoder.weight",
  "position_embeddings.weight",
  "wpe.weight",
  "embed_positions.weight",
  "token_type_embeddings.weight",
  "position_embd.weight",
  "token_types.weight",
  "positions_embed.weight",
  "position_embedding.weight",
};

/* Towers that are not the text's, and the second stack of an encoder-decoder: taken only when
 * nothing else is there. */
static const char *const unlikely_parts[]
    = { "vision", "visual", "audio", "image", "decoder.", "generator", "codec" };

static gboolean
matches (const char *name, const char *pattern)
{
  if (!g_str_has_suffix (name, pattern))
    return FALSE;
  gsize rest = strlen (name) - strlen (pattern);
  return rest == 0 || name[rest - 1] == '.' || name[rest - 1] == '/' || name[rest - 1] == ':';
}

guint
sem_embedding_rank_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (input_patterns); i++)
    if (matches (name, input_patterns[i]))
      {
        guint penalty = 0;
        for (gsize j = 0; j < G_N_ELEMENTS (unlikely_parts); j++)
          penalty += strstr (name, unlikely_parts[j]) != NULL ? 100 : 0;
        return i + penalty;
      }
  return G_MAXUINT;
}

static gboolean
is_other (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (other_patterns); i++)
    if (matches (name, other_patterns[i]))
      return TRUE;
  return FALSE;
}

/* Looks only at shards that are open or must be opened: a name alone says nothing about the shape.
 */
static const SemTensor *
peek_tensor (SemTensorSet *set, const char *name)
{
  SemTensorFile *file;
  return sem_tensor_set_find (set, name, &file, NULL);
}

static gboolean
is_matrix (const SemTensor *tensor)
{
  return tensor != NULL && tensor->n_dims == 2 && tensor->shape[0] > 0 && tensor->shape[1] > 0
         && sem_dtype_is_readable (tensor->dtype);
}

/* Is a better than b, both of known names?  Rank, then rows that fit the vocabulary, then the
 * shorter name. */
static gboolean
is_better (SemTensorSet *set, const char *a, const char *b, gsize vocab_size)
{
  guint rank_a = sem_embedding_rank_name (a), rank_b = sem_embedding_rank_name (b);
  if (rank_a != rank_b)
    return rank_a < rank_b;
  const SemTensor *left = peek_tensor (set, a), *right = peek_tensor (set, b);
  gboolean fits_a = left != NULL && left->n_dims == 2 && left->shape[0] == vocab_size;
  gboolean fits_b = right != NULL && right->n_dims == 2 && right->shape[0] == vocab_size;
  if (fits_a != fits_b)
    return fits_a;
  return strlen (a) < strlen (b);
}

static const char *
choose_by_name (SemTensorSet *set, gsize vocab_size)
{
  const char *const *names = sem_tensor_set_get_names (set, NULL);
  const char *best = NULL;
  for (gsize i = 0; names[i] != NULL; i++)
    if (sem_embedding_rank_name (names[i]) != G_MAXUINT
        && (best == NULL || is_better (set, names[i], best, vocab_size)))
      best = names[i];
  return best;
}

/* The only matrix with a row for every token. */
static const char *
choose_by_shape (SemTensorSet *set, gsize vocab_size)
{
  const char *const *names = sem_tensor_set_get_names (set, NULL);
  const char *found = NULL;
  for (gsize i = 0; vocab_size > 0 && names[i] != NULL; i++)
    {
      const SemTensor *tensor = peek_tensor (set, names[i]);
      if (!is_matrix (tensor) || tensor->shape[0] != vocab_size)
        continue;
      if (found != NULL)
        return NULL;
      found = names[i];
    }
  return found;
}

static char **
list_candidates (SemTensorSet *set, const char *chosen)
{
  const char *const *names = sem_tensor_set_get_names (set, NULL);
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], chosen)
          || (sem_embedding_rank_name (names[i]) == G_MAXUINT && !is_other (names[i])))
        continue;
      /* In one file the shape is at hand; of shards only the name is known without opening them. */
      if (sem_tensor_set_get_n_files (set) > 1 || is_matrix (peek_tensor (set, names[i])))
        g_ptr_array_add (list, g_strdup (names[i]));
    }
  g_ptr_array_add (list, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&list), FALSE);
}

static void
refuse_unknown (SemTensorSet *set, GError **error)
{
  const char *const *names = sem_tensor_set_get_names (set, NULL);
  g_autoptr (GString) listed = g_string_new (NULL);
  gsize n = 0;
  for (gsize i = 0; names[i] != NULL; i++)
    if (is_matrix (peek_tensor (set, names[i])) && ++n <= MAX_LISTED)
      g_string_append_printf (listed, "%s%s", n > 1 ? ", " : "", names[i]);
  if (n > MAX_LISTED)
    g_string_append_printf (listed, " and %" G_GSIZE_FORMAT " more", n - MAX_LISTED);
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING,
               "no tensor has a name by which an embedding matrix is known; matrices in it: %s",
               n > 0 ? listed->str : "none");
}

gboolean
sem_embedding_choose (SemTensorSet *set,
                      const char *wanted,
                      gsize vocab_size,
                      SemEmbeddingChoice *choice,
                      GError **error)
{
  const char *name = wanted;
  g_autofree char *why = NULL;
  if (wanted != NULL)
    {
      SemTensorFile *file;
      if (sem_tensor_set_find (set, wanted, &file, error) == NULL)
        return FALSE;
      why = g_strdup ("asked for by name");
    }
  else if ((name = choose_by_name (set, vocab_size)) != NULL)
    why = g_strdup ("its name is one by which input embeddings are known");
  else if ((name = choose_by_shape (set, vocab_size)) != NULL)
    why = g_strdup ("the only matrix with one row for each token of the vocabulary");
  else
    {
      refuse_unknown (set, error);
      return FALSE;
    }
  choice->name = g_strdup (name);
  choice->why = g_steal_pointer (&why);
  choice->candidates = list_candidates (set, name);
  return TRUE;
}

void
sem_embedding_choice_clear (SemEmbeddingChoice *choice)
{
  g_clear_pointer (&choice->name, g_free);
  g_clear_pointer (&choice->why, g_free);
  g_clear_pointer (&choice->candidates, g_strfreev);
}
