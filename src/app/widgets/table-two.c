/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of the tables of two models. */
#include "config.h"

#include "app/widgets/table-two.h"

#include "doc/describe.h"

char *
sem_table_two_dup_disagreement (SemComparison *comparison, gsize a, gsize b, guint column)
{
  SemAnalysis *first = sem_comparison_get_first (comparison);
  SemAnalysis *second = sem_comparison_get_second (comparison);
  double by_a = sem_matrix_get (sem_analysis_get_similarity (first), a, b);
  double by_b = sem_matrix_get (sem_analysis_get_similarity (second), a, b);

  return sem_format_number (column == 2 ? by_a : column == 3 ? by_b : by_b - by_a, 3);
}

/* "snow 2782, ##men 29017": pieces with their ids. */
static char *
dup_pieces (SemAnalysis *analysis, gsize first, gsize n)
{
  SemEncoding *encoding = sem_analysis_get_encoding (analysis);
  const SemToken *tokens = sem_encoding_get_tokens (encoding, NULL);
  g_autoptr (GString) list = g_string_new (NULL);

  for (gsize i = first; i < first + n; i++)
    {
      const char *piece = sem_encoding_get_piece (encoding, i);

      g_string_append_printf (list, "%s%s %u", i > first ? ", " : "", piece == NULL ? "?" : piece,
                              tokens[i].id);
    }
  return n == 0 ? g_strdup ("–") : g_string_free (g_steal_pointer (&list), FALSE);
}

static const SemTokenSegment *
get_segment (SemComparison *comparison, guint index)
{
  return &g_array_index (sem_comparison_get_tokens (comparison)->segments, SemTokenSegment, index);
}

char *
sem_table_two_dup_segment (SemComparison *comparison, guint index, guint column)
{
  SemAnalysis *first = sem_comparison_get_first (comparison);
  const SemTokenSegment *segment = get_segment (comparison, index);
  const char *text = sem_encoding_get_text (sem_analysis_get_encoding (first), NULL);
  g_autofree char *part = NULL;

  if (column == 1)
    return dup_pieces (first, segment->first_a, segment->n_a);
  if (column == 2)
    return dup_pieces (sem_comparison_get_second (comparison), segment->first_b, segment->n_b);
  if (column == 3)
    return g_strdup_printf ("%" G_GSIZE_FORMAT "–%" G_GSIZE_FORMAT, segment->start, segment->end);
  /* What is cut differently is marked: the table says what the picture shows. */
  part = g_strndup (text + segment->start, segment->end - segment->start);
  return segment->same ? g_steal_pointer (&part) : g_strconcat ("≠ ", part, NULL);
}

void
sem_table_two_get_segment_item (SemComparison *comparison, guint index, SemItem *item)
{
  const SemTokenSegment *segment = get_segment (comparison, index);

  item->kind = segment->n_a > 0 ? SEM_ITEM_TOKEN : SEM_ITEM_OTHER_TOKEN;
  item->token = segment->n_a > 0 ? segment->first_a : segment->first_b;
  item->unit = sem_units_find_byte (sem_analysis_get_units (sem_comparison_get_first (comparison)),
                                    segment->start);
}
