/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences about units, pairs, tokens and dimensions. */
#include "config.h"

#include "doc/describe.h"

#include "core/analysis/nearby.h"
#include "doc/describe-other.h"
#include "doc/sum.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define SEPARATOR "   "

/* A label for running text: a sentence is cut. */
static char *
dup_short_label (const char *label)
{
  if (g_utf8_strlen (label, -1) <= SEM_SHORT_NAME)
    return g_strdup (label);
  {
    g_autofree char *head = g_utf8_substring (label, 0, SEM_SHORT_NAME - 1);

    return g_strconcat (head, "…", NULL);
  }
}

static char *
dup_unit_label (SemAnalysis *analysis, gsize unit)
{
  return dup_short_label (sem_units_get (sem_analysis_get_units (analysis), unit)->label);
}

static const char *
translate_cosine_word (const char *word)
{
  static const char *const words[]
      = { N_ ("similar"), N_ ("related"), N_ ("unrelated"), N_ ("opposite") };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (word, words[i]) == 0)
      return _ (words[i]);
  return word;
}

static void
append_detail (GString *details, char *detail)
{
  if (details->len > 0)
    g_string_append (details, SEPARATOR);
  g_string_append (details, detail);
  g_free (detail);
}

/* Rounded down, so that only what is above all others has a hundred. */
static void
append_percentile (GString *details, const SemRank *rank)
{
  g_autofree char *percentile = sem_format_number (floor (rank->percentile), 0);

  if (rank->n_pairs > 2)
    append_detail (details, g_strdup_printf (_ ("percentile %s"), percentile));
}

static void
append_sum_details (GString *details, const SemSum *sum, SemMetric metric)
{
  g_autofree char *angle = sem_format_number (sum->cosine.angle_deg, 0);
  g_autofree char *dot = sem_format_number (sum->cosine.dot, 2);
  g_autofree char *norm_a = sem_format_number (sum->cosine.norm_a, 2);
  g_autofree char *norm_b = sem_format_number (sum->cosine.norm_b, 2);

  append_detail (details, g_strdup_printf (_ ("angle %s°"), angle));
  if (sum->rank.n_pairs > 0)
    {
      g_autofree char *ordinal = sem_format_ordinal (sum->rank.rank);

      append_detail (details,
                     /* Translators: "3rd of 36 pairs", the most similar pair is the 1st */
                     g_strdup_printf (
                         ngettext ("%s of %lu pair", "%s of %lu pairs", (gulong)sum->rank.n_pairs),
                         ordinal, (gulong)sum->rank.n_pairs));
      append_percentile (details, &sum->rank);
    }
  append_detail (details, g_strdup_printf (_ ("dot %s ÷ (%s × %s)"), dot, norm_a, norm_b));
  if (sum->centered)
    append_detail (details, g_strdup (_ ("centred")));
}

static void
describe_pair (SemDescription *self,
               SemAnalysis *analysis,
               const SemViewOptions *view,
               gsize a,
               gsize b)
{
  g_autofree char *first = dup_unit_label (analysis, a);
  g_autofree char *second = dup_unit_label (analysis, b);
  SemMetric metric = sem_analysis_get_options (analysis)->metric;
  g_autoptr (GString) details = g_string_new (NULL);
  SemSum sum;

  self->subject = g_strdup_printf ("%s – %s", first, second);
  if (!sem_sum_compute (analysis, view, a, b, 0, &sum))
    {
      self->details = g_strdup (_ ("this model has no vectors"));
      return;
    }
  self->has_sum = TRUE;
  self->a = a;
  self->b = b;
  if (metric == SEM_METRIC_COSINE)
    {
      self->quantity = g_strdup (_ ("cosine"));
      self->value = sem_format_number (sum.cosine.cosine, 2);
      self->word = g_strdup (translate_cosine_word (sem_cosine_get_word (sum.cosine.cosine)));
      self->is_high = sum.cosine.cosine >= 0.5;
      self->is_low = sum.cosine.cosine < -0.1;
    }
  else
    {
      double value = sem_matrix_get (sem_analysis_get_similarity (analysis), a, b);

      self->quantity
          = g_strdup (metric == SEM_METRIC_DOT ? _ ("dot product") : _ ("Euclidean distance"));
      self->value = sem_format_number (value, 2);
    }
  if (sem_analysis_is_zero (analysis, a) || sem_analysis_is_zero (analysis, b))
    append_detail (details, g_strdup (_ ("a zero vector: similarity 0 with everything")));
  append_sum_details (details, &sum, metric);
  self->details = g_string_free (g_steal_pointer (&details), FALSE);
}

static char *
dup_ids (SemUnits *units, gsize unit)
{
  gsize n_ids;
  const guint32 *ids = sem_units_get_ids (units, unit, &n_ids);
  g_autoptr (GString) list = g_string_new (NULL);

  for (gsize i = 0; i < MIN (n_ids, 6); i++)
    g_string_append_printf (list, "%s%u", i > 0 ? " + " : "", ids[i]);
  if (n_ids > 6)
    g_string_append (list, " + …");
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
append_nearest (GString *details, SemAnalysis *analysis, gsize unit)
{
  gsize nearest[3];
  gsize n = sem_analysis_nearest_units (analysis, unit, nearest, 3);
  g_autoptr (GString) list = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *label = dup_unit_label (analysis, nearest[i]);
      g_autofree char *value = sem_format_number (
          sem_matrix_get (sem_analysis_get_similarity (analysis), unit, nearest[i]), 2);

      g_string_append_printf (list, "%s%s %s", i > 0 ? ", " : "", label, value);
    }
  if (n > 0)
    append_detail (details, g_strdup_printf (_ ("nearest: %s"), list->str));
}

static double
compute_norm (SemAnalysis *analysis, gsize unit)
{
  const SemMatrix *rows = sem_analysis_get_vectors (analysis);
  const double *row = sem_matrix_get_row (rows, unit);
  SemCosine cosine;

  sem_cosine (row, row, sem_matrix_get_n_cols (rows), &cosine);
  return cosine.norm_a;
}

/* How faithful the map is to one unit: of the plane that is shown, else of the first two
 * components. */
static void
append_kept (GString *details, SemAnalysis *analysis, const SemViewOptions *view, gsize unit)
{
  gsize x = view == NULL ? 0 : view->component_x, y = view == NULL ? 1 : view->component_y, k;
  const gsize n = sem_pca_get_n_components (sem_analysis_get_pca (analysis));
  const gboolean is_plane = view == NULL || view->map_axes == NULL;
  const double kept = is_plane && x < n && y < n ? sem_analysis_unit_kept (analysis, unit, x, y, &k)
                                                 : (double)NAN;

  if (!isnan (kept))
    append_detail (details,
                   /* Translators: of a point's so many true nearest neighbours, how many are
                      nearest in the map */
                   g_strdup_printf (_ ("in the map %lu of its %lu nearest kept"),
                                    (gulong)(kept * (double)k + 0.5), (gulong)k));
}

static void
describe_unit (SemDescription *self, SemAnalysis *analysis, const SemViewOptions *view, gsize unit)
{
  SemUnits *units = sem_analysis_get_units (analysis);
  const SemUnit *info = sem_units_get (units, unit);
  g_autofree char *ids = dup_ids (units, unit);
  g_autoptr (GString) details = g_string_new (NULL);
  guint32 n_like = sem_units_get (units, info->first_like_it)->n_like_it;

  self->subject = dup_unit_label (analysis, unit);
  self->quantity = g_strdup (info->n_ids == 1 ? _ ("id") : _ ("ids"));
  self->value = g_strdup (*ids == '\0' ? "–" : ids);
  if (info->unknown)
    append_detail (details, g_strdup (_ ("not in the vocabulary")));
  if (n_like > 1)
    append_detail (
        details, g_strdup_printf (ngettext ("occurs %u time", "occurs %u times", n_like), n_like));
  if (sem_analysis_has_vectors (analysis))
    {
      g_autofree char *norm = sem_format_number (compute_norm (analysis, unit), 2);

      if (info->n_ids > 1)
        append_detail (details,
                       g_strdup_printf (ngettext ("average of %lu token", "average of %lu tokens",
                                                  (gulong)info->n_ids),
                                        (gulong)info->n_ids));
      append_detail (details, g_strdup_printf (_ ("norm %s"), norm));
      if (sem_analysis_is_zero (analysis, unit))
        append_detail (details, g_strdup (_ ("a zero vector: similarity 0 with everything")));
      else
        {
          append_nearest (details, analysis, unit);
          append_kept (details, analysis, view, unit);
        }
    }
  self->details = g_string_free (g_steal_pointer (&details), FALSE);
}

static char *
dup_code_points (const char *text, gsize length)
{
  g_autoptr (GString) list = g_string_new (NULL);
  const char *p = text;

  for (int i = 0; p < text + length; i++, p = g_utf8_next_char (p))
    {
      if (i == 6)
        {
          g_string_append (list, " …");
          break;
        }
      g_string_append_printf (list, "%sU+%04X", i > 0 ? " " : "", g_utf8_get_char (p));
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
describe_token (SemDescription *self, SemAnalysis *analysis, gsize index)
{
  SemEncoding *encoding = sem_analysis_get_encoding (analysis);
  gsize n_tokens, length;
  const SemToken *token = sem_encoding_get_tokens (encoding, &n_tokens) + index;
  const char *text = sem_encoding_get_text (encoding, &length);
  const char *piece = sem_encoding_get_piece (encoding, index);
  g_autoptr (GString) details = g_string_new (NULL);

  self->subject = dup_short_label (piece == NULL ? "?" : piece);
  self->quantity = g_strdup (_ ("id"));
  self->value = g_strdup_printf ("%u", token->id);
  append_detail (details,
                 g_strdup_printf (_ ("token %lu of %lu"), (gulong)index + 1, (gulong)n_tokens));
  if (token->flags & SEM_TOKEN_TEMPLATE)
    append_detail (details, g_strdup (_ ("special token, covers no text")));
  else if (token->start < token->end && token->end <= length)
    {
      g_autofree char *points = NULL;

      append_detail (details, g_strdup_printf (_ ("bytes %u–%u"), token->start, token->end));
      if (!(token->flags & SEM_TOKEN_BYTE))
        {
          points = dup_code_points (text + token->start, token->end - token->start);
          append_detail (details, g_steal_pointer (&points));
        }
    }
  if (token->flags & SEM_TOKEN_UNKNOWN)
    append_detail (details, g_strdup (_ ("unknown: stands for text the vocabulary does not have")));
  if (token->flags & SEM_TOKEN_CONTINUATION)
    append_detail (details, g_strdup (_ ("continues the word")));
  if (token->flags & SEM_TOKEN_BYTE)
    append_detail (details, g_strdup (_ ("raw bytes, not whole characters")));
  self->details = g_string_free (g_steal_pointer (&details), FALSE);
}

static void
describe_dimension (SemDescription *self, SemAnalysis *analysis, const SemItem *item)
{
  const SemMatrix *rows = sem_analysis_get_vectors (analysis);
  g_autofree char *label = dup_unit_label (analysis, item->unit);

  self->subject = g_strdup (label);
  self->quantity = g_strdup_printf (_ ("dimension %lu"), (gulong)item->dimension);
  self->value = sem_format_number (sem_matrix_get (rows, item->unit, item->dimension), 4);
}

/* A pair by both models, the two numbers first. */
static void
add_other (SemDescription *self, SemComparison *comparison, gsize a, gsize b)
{
  g_autofree char *both = comparison != NULL ? sem_describe_both (comparison, a, b) : NULL;
  g_autofree char *details = g_steal_pointer (&self->details);

  self->details
      = both == NULL ? g_steal_pointer (&details) : g_strjoin (SEPARATOR, both, details, NULL);
}

/* A token of the other model. */
static void
describe_other_token (SemDescription *self, SemComparison *comparison, gsize token)
{
  SemAnalysis *second = sem_comparison_get_second (comparison);
  g_autofree char *details = NULL;

  describe_token (self, second, token);
  details = g_steal_pointer (&self->details);
  self->details
      = g_strjoin (SEPARATOR, details, sem_model_get_name (sem_analysis_get_model (second)), NULL);
}

static gboolean
other_token_is_valid (SemComparison *comparison, const SemItem *item)
{
  gsize n_tokens;

  if (comparison == NULL || item->kind != SEM_ITEM_OTHER_TOKEN)
    return FALSE;
  sem_encoding_get_tokens (sem_analysis_get_encoding (sem_comparison_get_second (comparison)),
                           &n_tokens);
  return item->token < n_tokens;
}

static gboolean
item_is_valid (SemAnalysis *analysis, const SemItem *item)
{
  gsize n = sem_analysis_get_n (analysis), n_tokens;

  sem_encoding_get_tokens (sem_analysis_get_encoding (analysis), &n_tokens);
  switch (item->kind)
    {
    case SEM_ITEM_UNIT:
      return item->unit < n;
    case SEM_ITEM_PAIR:
      return item->unit < n && item->other < n;
    case SEM_ITEM_TOKEN:
      return item->token < n_tokens;
    case SEM_ITEM_DIMENSION:
      return item->unit < n && sem_analysis_has_vectors (analysis)
             && item->dimension < sem_matrix_get_n_cols (sem_analysis_get_vectors (analysis));
    case SEM_ITEM_COMPONENT:
      return sem_analysis_has_vectors (analysis)
             && item->dimension < sem_pca_get_n_components (sem_analysis_get_pca (analysis));
    case SEM_ITEM_NEARBY:
      return sem_nearby_get (analysis) != NULL && item->token < sem_nearby_get (analysis)->n;
    case SEM_ITEM_OTHER_TOKEN: /* of another analysis: other_token_is_valid() */
    case SEM_ITEM_STEP:
    case SEM_ITEM_NONE:
    default:
      return FALSE;
    }
}

static void
describe_component (SemDescription *self, SemAnalysis *analysis, gsize component)
{
  SemPca *pca = sem_analysis_get_pca (analysis);
  g_autofree char *share
      = sem_format_number (100.0 * sem_pca_get_explained_variance_ratio (pca, component), 1);
  g_autofree char *together = NULL;
  double sum = 0.0;

  for (gsize i = 0; i <= component; i++)
    sum += sem_pca_get_explained_variance_ratio (pca, i);
  together = sem_format_number (100.0 * sum, 1);
  self->subject = g_strdup_printf (_ ("PC%lu"), (gulong)component + 1);
  self->quantity = g_strdup (_ ("share of the variance"));
  self->value = g_strdup_printf ("%s %%", share);
  /* Translators: the first so many principal components and their share of the variance */
  self->details
      = g_strdup_printf (_ ("the first %lu together %s %%   click: across   Shift and click: up"),
                         (gulong)component + 1, together);
}

static void
describe_item (SemDescription *self,
               SemAnalysis *analysis,
               const SemViewOptions *view,
               const SemItem *item)
{
  if (item->kind == SEM_ITEM_UNIT || (item->kind == SEM_ITEM_PAIR && item->unit == item->other))
    describe_unit (self, analysis, view, item->unit);
  else if (item->kind == SEM_ITEM_PAIR)
    describe_pair (self, analysis, view, item->unit, item->other);
  else if (item->kind == SEM_ITEM_COMPONENT)
    describe_component (self, analysis, item->dimension);
  else if (item->kind == SEM_ITEM_NEARBY)
    sem_describe_nearby (self, analysis, item->token);
  else if (item->kind == SEM_ITEM_TOKEN)
    describe_token (self, analysis, item->token);
  else
    describe_dimension (self, analysis, item);
}

static void
describe_all (SemDescription *self, SemAnalysis *analysis)
{
  SemUnits *units = sem_analysis_get_units (analysis);
  gsize n = sem_analysis_get_n (analysis);
  g_autoptr (GString) details = g_string_new (NULL);

  if (n == 0)
    {
      self->subject = g_strdup (_ ("No text"));
      self->details = g_strdup (_ ("type something, or choose an example"));
      return;
    }
  self->subject = sem_describe_units (sem_units_get_kind (units), sem_units_get_n_total (units));
  if (n < sem_units_get_n_total (units))
    append_detail (details, g_strdup_printf (_ ("the first %lu are shown"), (gulong)n));
  append_detail (details, sem_describe_units (SEM_UNIT_TOKEN, sem_count_text_tokens (analysis)));
  if (!sem_analysis_has_vectors (analysis))
    append_detail (details, g_strdup (_ ("this model has no vectors")));
  else if (n > 1)
    {
      g_autofree char *mean
          = sem_format_number (sem_analysis_get_pair_statistics (analysis)->mean, 2);

      append_detail (details, g_strdup_printf (_ ("mean of all pairs %s"), mean));
      append_detail (details, g_strdup (_ ("point at anything to read its numbers")));
    }
  self->details = g_string_free (g_steal_pointer (&details), FALSE);
}

static void
describe_several (SemDescription *self, SemAnalysis *analysis, const SemFocus *focus)
{
  g_autoptr (GString) subject = g_string_new (NULL);
  double sum = 0.0;
  gsize n_pairs = 0;
  g_autofree char *mean = NULL;

  for (gsize i = 0; i < focus->n_selected; i++)
    {
      if (i < 4)
        {
          g_autofree char *label = dup_unit_label (analysis, focus->selected[i]);

          g_string_append_printf (subject, "%s%s", i > 0 ? ", " : "", label);
        }
      for (gsize j = 0; j < i && sem_analysis_has_vectors (analysis); j++, n_pairs++)
        sum += sem_matrix_get (sem_analysis_get_similarity (analysis), focus->selected[i],
                               focus->selected[j]);
    }
  if (focus->n_selected > 4)
    g_string_append (subject, ", …");
  self->subject = g_string_free (g_steal_pointer (&subject), FALSE);
  if (n_pairs > 0)
    {
      mean = sem_format_number (sum / (double)n_pairs, 2);
      self->quantity = g_strdup (_ ("mean similarity"));
      self->value = g_steal_pointer (&mean);
    }
  self->details
      = g_strdup_printf (ngettext ("%lu selected", "%lu selected", (gulong)focus->n_selected),
                         (gulong)focus->n_selected);
}

static SemDescription *
new_for_item (SemAnalysis *analysis, const SemViewOptions *view, const SemItem *item)
{
  SemDescription *self = g_new0 (SemDescription, 1);

  if (item_is_valid (analysis, item))
    describe_item (self, analysis, view, item);
  else
    describe_all (self, analysis);
  return self;
}

SemDescription *
sem_description_new_for_item (SemAnalysis *analysis, const SemItem *item)
{
  return new_for_item (analysis, NULL, item);
}

SemDescription *
sem_description_new_for_item_in (SemDocument *document, const SemItem *item)
{
  SemComparison *comparison = sem_document_get_comparison (document);
  SemDescription *self;

  if (!other_token_is_valid (comparison, item))
    {
      self = new_for_item (sem_document_get_analysis (document),
                           sem_document_get_view_options (document), item);
      if (self->has_sum)
        add_other (self, comparison, self->a, self->b);
      return self;
    }
  self = g_new0 (SemDescription, 1);
  describe_other_token (self, comparison, item->token);
  return self;
}

SemDescription *
sem_description_new (SemDocument *document)
{
  SemDescription *self = g_new0 (SemDescription, 1);
  SemAnalysis *analysis = sem_document_get_analysis (document);
  SemComparison *comparison = sem_document_get_comparison (document);
  SemFocus focus;
  gsize a, b;

  sem_document_get_focus (document, &focus);
  if (analysis == NULL)
    self->subject = g_strdup (sem_document_get_stage (document) == SEM_STAGE_EMPTY
                                  ? _ ("No model")
                                  : _ ("Opening the model…"));
  else if (other_token_is_valid (comparison, &focus.hover))
    describe_other_token (self, comparison, focus.hover.token);
  else if (focus.hover.kind != SEM_ITEM_DIMENSION && sem_document_get_pair (document, &a, &b)
           && a < sem_analysis_get_n (analysis) && b < sem_analysis_get_n (analysis) && a != b)
    describe_pair (self, analysis, sem_document_get_view_options (document), a, b);
  else if (item_is_valid (analysis, &focus.hover))
    describe_item (self, analysis, sem_document_get_view_options (document), &focus.hover);
  else if (focus.n_selected == 1)
    describe_unit (self, analysis, sem_document_get_view_options (document), focus.selected[0]);
  else if (focus.n_selected > 2)
    describe_several (self, analysis, &focus);
  else
    describe_all (self, analysis);
  if (self->has_sum)
    add_other (self, comparison, self->a, self->b);
  return self;
}

void
sem_description_free (SemDescription *self)
{
  if (self == NULL)
    return;
  g_free (self->subject);
  g_free (self->quantity);
  g_free (self->value);
  g_free (self->word);
  g_free (self->details);
  g_free (self);
}

char *
sem_description_dup_sentence (const SemDescription *self)
{
  g_autoptr (GString) sentence = g_string_new (self->subject);

  if (self->quantity != NULL)
    g_string_append_printf (sentence, ", %s %s", self->quantity, self->value);
  if (self->word != NULL)
    g_string_append_printf (sentence, ", %s", self->word);
  if (self->details != NULL && *self->details != '\0')
    {
      g_auto (GStrv) parts = g_strsplit (self->details, SEPARATOR, -1);
      g_autofree char *joined = g_strjoinv (", ", parts);

      g_string_append_printf (sentence, ", %s", joined);
    }
  return g_string_free (g_steal_pointer (&sentence), FALSE);
}

char *
sem_describe_content (SemDocument *document)
{
  SemAnalysis *analysis = sem_document_get_analysis (document);
  g_autoptr (GString) content = NULL;
  g_autofree char *units = NULL;
  SemFocus focus;

  if (analysis == NULL)
    return g_strdup (_ ("no picture yet"));
  sem_document_get_focus (document, &focus);
  units = sem_describe_units (sem_units_get_kind (sem_analysis_get_units (analysis)),
                              sem_analysis_get_n (analysis));
  content = g_string_new (units);
  if (focus.n_selected > 0)
    g_string_append_printf (
        content, ngettext (", %lu selected: ", ", %lu selected: ", (gulong)focus.n_selected),
        (gulong)focus.n_selected);
  for (gsize i = 0; i < MIN (focus.n_selected, 5); i++)
    {
      g_autofree char *label = dup_unit_label (analysis, focus.selected[i]);

      g_string_append_printf (content, "%s%s", i > 0 ? ", " : "", label);
    }
  return g_string_free (g_steal_pointer (&content), FALSE);
}
