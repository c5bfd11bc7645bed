/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/analysis/terms.h"

#include "core/analysis/similarity.h"
#include "core/model/model-query.h"

#include <string.h>

gboolean
sem_terms_add_up (SemModel *model,
                  const SemTerm *terms,
                  gsize n_terms,
                  double *sum,
                  GArray *ids,
                  GError **error)
{
  gsize dim = sem_model_get_dim (model);
  g_autofree double *row = g_new (double, MAX (dim, 1));
  memset (sum, 0, dim * sizeof *sum);
  for (gsize i = 0; i < n_terms; i++)
    {
      SemCosine self;
      if (!sem_model_query (model, terms[i].text, row, ids, error))
        return FALSE;
      sem_cosine (row, row, dim, &self);
      double scale = n_terms == 1 || self.norm_a == 0.0 ? 1.0 : 1.0 / self.norm_a;
      for (gsize j = 0; j < dim; j++)
        sum[j] += (terms[i].minus ? -scale : scale) * row[j];
    }
  return TRUE;
}
