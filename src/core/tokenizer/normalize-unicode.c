/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NFD, NFKD, NFC, NFKC with alignment, as the reference's unicode-normalization-alignments computes
 * them.
 *
 * That library tags each output character with a change (0 replaces the next input character, 1 is
 * inserted, -n replaces it and removes n more) and reordering moves tags along with characters. The
 * same tags are kept here, so that spans agree even where marks were reordered. */
#include "core/tokenizer/normalize-unicode.h"

typedef struct
{
  guint32 cp;
  int change;
  guint8 ccc;
} Tagged;

/* Applies tags to the input's spans. */
typedef struct
{
  const SemNormText *in;
  SemNormText *out;
  gsize at; /* next input byte not yet consumed */
} Emitter;

static void
skip_input (Emitter *e)
{
  if (e->at < e->in->len)
    e->at += sem_utf8_length ((guint8)e->in->bytes[e->at]);
}

static void
emit (Emitter *e, guint32 cp, int change)
{
  SemSpan span = { 0, 0 };

  if (change > 0)
    {
      if (e->at > 0)
        span = e->in->spans[e->at - 1];
    }
  else
    {
      span = e->in->spans[MIN (e->at, e->in->len - 1)];
      skip_input (e);
      for (int i = 0; i < -change; i++)
        skip_input (e);
    }
  sem_norm_text_append_char (e->out, cp, span);
}

/* Stable by class.  Runs are short in real text; a long one is sorted by counting, in linear time.
 */
static void
sort_marks (Tagged *run, gsize n)
{
  if (n > 32)
    {
      Tagged *copy = g_memdup2 (run, n * sizeof *run);
      gsize at[257] = { 0 };

      for (gsize i = 0; i < n; i++)
        at[copy[i].ccc + 1]++;
      for (guint i = 1; i < 257; i++)
        at[i] += at[i - 1];
      for (gsize i = 0; i < n; i++)
        run[at[copy[i].ccc]++] = copy[i];
      g_free (copy);
      return;
    }
  for (gsize i = 1; i < n; i++)
    {
      Tagged t = run[i];
      gsize j = i;

      for (; j > 0 && run[j - 1].ccc > t.ccc; j--)
        run[j] = run[j - 1];
      run[j] = t;
    }
}

/* The whole text decomposed, in canonical order. */
static GArray *
decompose_all (const SemNormText *in, gboolean compatibility)
{
  GArray *all
      = g_array_sized_new (FALSE, FALSE, sizeof (Tagged), (guint)MIN (in->len + 16, 1u << 26));
  guint run = 0; /* start of the marks not yet in order */

  for (gsize at = 0; at < in->len;)
    {
      guint32 cp, parts[SEM_UNI_MAX_EXPANSION];
      guint n = sem_utf8_get (in->bytes + at, &cp);
      guint n_parts = sem_uni_decompose (cp, compatibility, parts);

      for (guint i = 0; i < n_parts; i++)
        {
          Tagged t = { parts[i], i > 0, sem_uni_ccc_of (parts[i]) };

          if (t.ccc == 0)
            {
              if (all->len - run > 1)
                sort_marks (&g_array_index (all, Tagged, run), all->len - run);
              run = all->len + 1;
            }
          g_array_append_val (all, t);
        }
      at += n;
    }
  if (run < all->len)
    sort_marks (&g_array_index (all, Tagged, run), all->len - run);
  return all;
}

void
sem_normalize_decompose (const SemNormText *in, SemNormText *out, gboolean compatibility)
{
  g_autoptr (GArray) all = decompose_all (in, compatibility);
  Emitter e = { in, out, 0 };

  out->len = 0;
  for (guint i = 0; i < all->len; i++)
    emit (&e, g_array_index (all, Tagged, i).cp, g_array_index (all, Tagged, i).change);
}

/* Composes in place: each starter takes up the marks after it that are not blocked (Unicode 15,
 * D117).  A mark that goes into its starter leaves its tag there: one input character fewer. */
static gsize
compose_all (Tagged *t, gsize n)
{
  gsize written = 0, starter = G_MAXSIZE;
  int last_ccc = -1; /* of the last mark kept after the starter; -1 when there is none */

  for (gsize i = 0; i < n; i++)
    {
      guint32 composed = 0;

      if (starter != G_MAXSIZE && (last_ccc < 0 || last_ccc < t[i].ccc))
        composed = sem_uni_compose (t[starter].cp, t[i].cp);
      if (composed != 0)
        {
          t[starter].cp = composed;
          t[starter].change += t[i].change - 1;
          continue;
        }
      if (t[i].ccc == 0)
        {
          starter = written;
          last_ccc = -1;
        }
      else if (starter != G_MAXSIZE)
        last_ccc = t[i].ccc;
      t[written++] = t[i];
    }
  return written;
}

void
sem_normalize_compose (const SemNormText *in, SemNormText *out, gboolean compatibility)
{
  g_autoptr (GArray) all = decompose_all (in, compatibility);
  Tagged *t = &g_array_index (all, Tagged, 0);
  gsize n = compose_all (t, all->len);
  Emitter e = { in, out, 0 };

  out->len = 0;
  for (gsize i = 0; i < n; i++)
    emit (&e, t[i].cp, t[i].change);
}

void
sem_normalize_lowercase (const SemNormText *in, SemNormText *out)
{
  out->len = 0;
  for (gsize at = 0; at < in->len;)
    {
      guint32 cp, lower[SEM_UNI_MAX_EXPANSION];
      guint n = sem_utf8_get (in->bytes + at, &cp), n_lower = sem_uni_to_lower (cp, lower);

      for (guint i = 0; i < n_lower; i++)
        sem_norm_text_append_char (out, lower[i], in->spans[at]);
      at += n;
    }
}

void
sem_normalize_drop (const SemNormText *in, SemNormText *out, guint32 flags)
{
  out->len = 0;
  for (gsize at = 0; at < in->len;)
    {
      guint32 cp;
      guint n = sem_utf8_get (in->bytes + at, &cp);

      if (!(sem_uni_flags (cp) & flags))
        sem_norm_text_append_slice (out, in, at, at + n);
      at += n;
    }
}
