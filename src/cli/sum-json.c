/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terms behind cosines, pooled vectors and coordinates. */
#include "cli/sum-json.h"

#include "core/analysis/explain.h"
#include "core/analysis/table.h"

#define N_TOP 10

static void
append_member (GString *out, const char *key, double value)
{
  g_string_append_printf (out, ",\"%s\":", key);
  sem_append_number (out, value);
}

void
sem_append_dot_sum (GString *out, const double *x, const double *y, gsize dim)
{
  SemContribution top[N_TOP];
  gsize n = sem_contributions (x, y, dim, top, N_TOP);
  SemCosine cosine;
  double rest;

  sem_cosine (x, y, dim, &cosine);
  rest = cosine.dot;
  g_string_append (out, ",\"contributions\":[");
  for (gsize i = 0; i < n; i++)
    {
      g_string_append_printf (out, "%s{\"dimension\":%" G_GSIZE_FORMAT, i > 0 ? "," : "",
                              top[i].dimension);
      append_member (out, "a", top[i].a);
      append_member (out, "b", top[i].b);
      append_member (out, "product", top[i].product);
      g_string_append_c (out, '}');
      rest -= top[i].product;
    }
  g_string_append_c (out, ']');
  append_member (out, "rest", rest);
}

gboolean
sem_append_piece_sum (GString *out,
                      const char *key,
                      SemModel *model,
                      const char *text,
                      const double *vector,
                      GError **error)
{
  g_autoptr (SemEncoding) encoding = sem_tokenizer_encode (sem_model_get_tokenizer (model), text,
                                                           -1, SEM_ENCODE_DEFAULT, NULL, error);
  g_autoptr (GArray) pieces = NULL;
  g_autofree guint32 *ids = NULL;
  const SemToken *tokens;
  gsize n;

  if (encoding == NULL)
    return FALSE;
  tokens = sem_encoding_get_tokens (encoding, &n);
  ids = g_new (guint32, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    ids[i] = tokens[i].id;
  pieces = sem_explain_pieces (model, ids, n, SEM_POOLING_MEAN, vector);
  g_string_append_printf (out, ",\"%s\":[", key);
  for (gsize i = 0; i < n; i++)
    {
      const SemPoolPiece *piece = &g_array_index (pieces, SemPoolPiece, i);

      g_string_append_printf (out, "%s{\"id\":%u,\"piece\":", i > 0 ? "," : "", piece->id);
      sem_append_json_string (out, piece->piece != NULL ? piece->piece : "");
      append_member (out, "weight", piece->weight);
      append_member (out, "norm", piece->norm);
      append_member (out, "cosine", piece->cosine);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
  return TRUE;
}

static void
append_coordinate_sum (GString *out, SemAnalysis *analysis, gsize unit, gsize component)
{
  SemCoordinateTerm top[N_TOP];
  SemCoordinateSum sum;
  gsize n = sem_explain_coordinate (sem_analysis_get_pca (analysis), component,
                                    sem_matrix_get_row (sem_analysis_get_vectors (analysis), unit),
                                    top, N_TOP, &sum);

  g_string_append (out, "{\"label\":");
  sem_append_json_string (out, sem_units_get (sem_analysis_get_units (analysis), unit)->label);
  g_string_append_printf (out, ",\"component\":%" G_GSIZE_FORMAT, component + 1);
  append_member (out, "coordinate", sum.coordinate);
  g_string_append (out, ",\"terms\":[");
  for (gsize i = 0; i < n; i++)
    {
      g_string_append_printf (out, "%s{\"dimension\":%" G_GSIZE_FORMAT, i > 0 ? "," : "",
                              top[i].dimension);
      append_member (out, "value", top[i].value);
      append_member (out, "mean", top[i].mean);
      append_member (out, "loading", top[i].loading);
      append_member (out, "product", top[i].product);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
  append_member (out, "rest", sum.rest);
  g_string_append_c (out, '}');
}

void
sem_append_coordinate_sums (GString *out, SemAnalysis *analysis)
{
  g_string_append (out, ",\"sums\":[");
  for (gsize i = 0; i < 2 * sem_analysis_get_n (analysis); i++)
    {
      g_string_append (out, i > 0 ? "," : "");
      append_coordinate_sum (out, analysis, i / 2, i % 2);
    }
  g_string_append_c (out, ']');
}
