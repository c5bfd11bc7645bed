/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sums behind what is in focus, one page each.  Of a pair: the cosine, and both vectors.  Of
 * one unit: its two coordinates on the map, and its vector.  Every page is a formula with its
 * numbers and a list that adds up to the number it explains, to the last digit shown. */
#include "config.h"

#include "app/dialogs/sum-view.h"

#include "app/dialogs/sum-list.h"
#include "core/analysis/explain.h"
#include "doc/describe.h"
#include "doc/sum.h"

#include <glib/gi18n.h>
#include <math.h>

#define N_TOP 10
#define N_PIECE_DIMS 3 /* dimensions shown of a pooled vector: those of largest magnitude */
#define MAX_PIECES 16
#define MAX_TITLE_CHARS 14

static const char *
get_label (SemAnalysis *analysis, gsize unit)
{
  return sem_units_get (sem_analysis_get_units (analysis), unit)->label;
}

static char *
dup_rest_name (gsize n)
{
  return g_strdup_printf (ngettext ("%lu other", "%lu others", (gulong)n), (gulong)n);
}

static char *
dup_dimension (gsize dimension)
{
  return g_strdup_printf ("%" G_GSIZE_FORMAT, dimension);
}

static GtkWidget *
new_page (void)
{
  return gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
}

/* --- a cosine
 * ------------------------------------------------------------------------------------- */

static char *
dup_cosine_formula (const SemSum *sum)
{
  g_autofree char *dot = sem_format_number (sum->cosine.dot, 4);
  g_autofree char *norm_a = sem_format_number (sum->cosine.norm_a, 4);
  g_autofree char *norm_b = sem_format_number (sum->cosine.norm_b, 4);
  g_autofree char *cosine = sem_format_number (sum->cosine.cosine, 4);
  g_autofree char *angle = sem_format_number (sum->cosine.angle_deg, 1);

  if (sum->cosine.norm_a == 0 || sum->cosine.norm_b == 0)
    return g_strdup (
        _ ("One vector is all zeros; its similarity with everything is 0 by definition."));
  /* Translators: dot product ÷ (norm × norm) = cosine, angle */
  return g_strdup_printf (
      _ ("cosine  =  dot ÷ (norm × norm)  =  %s ÷ (%s × %s)  =  <b>%s</b>,  angle %s°"), dot,
      norm_a, norm_b, cosine, angle);
}

static GtkWidget *
new_cosine_page (SemAnalysis *analysis, const SemSum *sum)
{
  const char *first = get_label (analysis, sum->a), *second = get_label (analysis, sum->b);
  const char *headings[] = { _ ("Dimension"), first, second, _ ("Product") };
  SemSumTerm terms[N_TOP + 1] = { { NULL } };
  GtkWidget *page = new_page ();
  gsize n = 0, n_rest = sum->dim - sum->n_top;

  for (; n < sum->n_top; n++)
    terms[n] = (SemSumTerm){ dup_dimension (sum->top[n].dimension),
                             { sem_format_number (sum->top[n].a, 3),
                               sem_format_number (sum->top[n].b, 3) },
                             sum->top[n].product };
  if (n_rest > 0)
    terms[n++] = (SemSumTerm){ dup_rest_name (n_rest), { NULL }, sum->rest };
  gtk_box_append (GTK_BOX (page),
                  sem_sum_line_new (g_markup_printf_escaped (
                      "<b>%s – %s</b>%s%s", first, second, sum->centered ? "   " : "",
                      sum->centered ? _ ("after subtracting the mean of all units") : "")));
  gtk_box_append (GTK_BOX (page), sem_sum_line_new (dup_cosine_formula (sum)));
  gtk_box_append (GTK_BOX (page), sem_sum_list_new (headings, 2, terms, n, sum->cosine.dot));
  return page;
}

/* --- a coordinate
 * --------------------------------------------------------------------------------- */

static GtkWidget *
new_coordinate_page (SemAnalysis *analysis, gsize unit, gsize component)
{
  const char *headings[]
      = { _ ("Dimension"), _ ("Value"), _ ("Mean"), _ ("Loading"), _ ("Product") };
  const double *row = sem_matrix_get_row (sem_analysis_get_vectors (analysis), unit);
  SemCoordinateTerm top[N_TOP];
  SemCoordinateSum sum;
  gsize n
      = sem_explain_coordinate (sem_analysis_get_pca (analysis), component, row, top, N_TOP, &sum),
      n_rest = sum.n_terms - n;
  SemSumTerm terms[N_TOP + 1] = { { NULL } };
  GtkWidget *page = new_page ();
  g_autofree char *coordinate = sem_format_number (sum.coordinate, 4);
  g_autofree char *formula = NULL;

  for (gsize i = 0; i < n; i++)
    terms[i]
        = (SemSumTerm){ dup_dimension (top[i].dimension),
                        { sem_format_number (top[i].value, 3), sem_format_number (top[i].mean, 3),
                          sem_format_number (top[i].loading, 3) },
                        top[i].product };
  if (n_rest > 0)
    terms[n++] = (SemSumTerm){ dup_rest_name (n_rest), { NULL }, sum.rest };
  /* Translators: the place of a unit on one axis of the map */
  formula = g_strdup_printf (_ ("PC%lu  =  sum of (value − mean) × loading  =  <b>%s</b>"),
                             (gulong)component + 1, coordinate);
  gtk_box_append (GTK_BOX (page), sem_sum_line_new (g_markup_printf_escaped (
                                      "<b>%s</b>", get_label (analysis, unit))));
  gtk_box_append (GTK_BOX (page), sem_sum_line_new (g_steal_pointer (&formula)));
  gtk_box_append (GTK_BOX (page), sem_sum_list_new (headings, 3, terms, n, sum.coordinate));
  return page;
}

/* --- a vector
 * ------------------------------------------------------------------------------------- */

static char *
dup_vector_formula (SemAnalysis *analysis, gsize n_ids)
{
  SemModel *model = sem_analysis_get_model (analysis);
  const char *scaled
      = sem_model_get_normalizes (model) ? _ (", scaled to length 1 as this model asks for") : "";

  switch (sem_analysis_get_options (analysis)->pooling)
    {
    case SEM_POOLING_FIRST:
      return g_strdup_printf (_ ("vector  =  that of the first token%s"), scaled);
    case SEM_POOLING_LAST:
      return g_strdup_printf (_ ("vector  =  that of the last token%s"), scaled);
    case SEM_POOLING_MAX:
      return g_strdup_printf (_ ("vector  =  the largest token in each dimension%s"), scaled);
    case SEM_POOLING_MEAN:
    default:
      return g_strdup_printf (ngettext ("vector  =  that of its token%s",
                                        "vector  =  sum of its tokens ÷ their number%s", n_ids),
                              scaled);
    }
}

/* The dimensions of largest magnitude, the largest first. */
static gsize
find_largest (const double *row, gsize dim, gsize dims[N_PIECE_DIMS])
{
  SemContribution top[N_PIECE_DIMS];
  gsize n = sem_contributions (row, row, dim, top, N_PIECE_DIMS);

  for (gsize i = 0; i < n; i++)
    dims[i] = top[i].dimension;
  return n;
}

/* One dimension of the vector: what each token gives to it. */
static GtkWidget *
new_share_list (GArray *pieces,
                const double *shares,
                gsize n_dims,
                gsize k,
                gsize dim,
                double total)
{
  g_autofree char *heading = g_strdup_printf (_ ("dimension %lu"), (gulong)dim);
  const char *headings[] = { _ ("Token"), _ ("ID"), _ ("Weight"), heading };
  SemSumTerm terms[MAX_PIECES + 1] = { { NULL } };
  gsize n = MIN (pieces->len, MAX_PIECES);
  double rest = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      const SemPoolPiece *piece = &g_array_index (pieces, SemPoolPiece, i);

      terms[i] = (SemSumTerm){ g_strdup (piece->piece != NULL ? piece->piece : "?"),
                               { g_strdup_printf ("%u", piece->id),
                                 sem_format_number (piece->weight, 3) },
                               shares[i * n_dims + k] };
    }
  for (gsize i = n; i < pieces->len; i++)
    rest += shares[i * n_dims + k];
  if (pieces->len > n)
    terms[n++] = (SemSumTerm){ dup_rest_name (pieces->len - n), { NULL }, rest };
  return sem_sum_list_new (headings, 2, terms, n, total);
}

static GtkWidget *
new_vector_page (SemAnalysis *analysis, gsize unit)
{
  const SemMatrix *vectors = sem_analysis_get_vectors (analysis);
  const double *row = sem_matrix_get_row (vectors, unit);
  gsize dims[N_PIECE_DIMS], n_dims = find_largest (row, sem_matrix_get_n_cols (vectors), dims);
  gsize n_ids;
  const guint32 *ids = sem_units_get_ids (sem_analysis_get_units (analysis), unit, &n_ids);
  g_autoptr (GArray) pieces = sem_explain_vector (analysis, unit);
  g_autofree double *shares = g_new0 (double, MAX (n_ids * n_dims, 1));
  GtkWidget *page = new_page ();

  sem_explain_shares (sem_analysis_get_model (analysis), ids, n_ids,
                      sem_analysis_get_options (analysis)->pooling, dims, n_dims, shares);
  gtk_box_append (GTK_BOX (page), sem_sum_line_new (g_markup_printf_escaped (
                                      "<b>%s</b>", get_label (analysis, unit))));
  gtk_box_append (GTK_BOX (page), sem_sum_line_new (dup_vector_formula (analysis, n_ids)));
  for (gsize k = 0; k < n_dims; k++)
    gtk_box_append (GTK_BOX (page),
                    new_share_list (pieces, shares, n_dims, k, dims[k], row[dims[k]]));
  return page;
}

/* --- all pages
 * ------------------------------------------------------------------------------------ */

static void
add_page (GtkStack *stack, GtkWidget *page, char *title)
{
  gsize n = g_list_model_get_n_items (G_LIST_MODEL (gtk_stack_get_pages (stack)));
  g_autofree char *name = g_strdup_printf ("%lu", (gulong)n);
  g_autofree char *owned = title;

  gtk_stack_add_titled (stack, page, name, title);
}

static char *
dup_vector_title (SemAnalysis *analysis, gsize unit)
{
  const char *label = get_label (analysis, unit);
  const char *end = label;
  gsize n = 0;

  for (; *end != '\0' && n < MAX_TITLE_CHARS; n++)
    end = g_utf8_next_char (end);
  /* Translators: a tab; %s is the beginning of a word or sentence, then an ellipsis or nothing */
  return g_strdup_printf (_ ("Vector of %.*s%s"), (int)(end - label), label,
                          *end != '\0' ? "…" : "");
}

static gboolean
add_pages (GtkStack *stack, SemDocument *document)
{
  SemAnalysis *analysis = sem_document_get_analysis (document);
  const SemViewOptions *view = sem_document_get_view_options (document);
  gsize a, b, n_components;
  SemSum sum;

  if (analysis == NULL)
    return FALSE;
  if (sem_sum_get_unit (document, &a))
    {
      const gsize axes[] = { view->component_x, view->component_y };

      n_components = sem_pca_get_n_components (sem_analysis_get_pca (analysis));
      for (int i = 0; i < 2; i++)
        if (axes[i] < n_components)
          add_page (stack, new_coordinate_page (analysis, a, axes[i]),
                    g_strdup_printf ("PC%lu", (gulong)axes[i] + 1));
      add_page (stack, new_vector_page (analysis, a), dup_vector_title (analysis, a));
      return TRUE;
    }
  if (!sem_document_get_pair (document, &a, &b)
      || !sem_sum_compute (analysis, sem_document_get_view_options (document), a, b, N_TOP, &sum))
    return FALSE;
  add_page (stack, new_cosine_page (analysis, &sum), g_strdup (_ ("Cosine")));
  add_page (stack, new_vector_page (analysis, a), dup_vector_title (analysis, a));
  if (a != b)
    add_page (stack, new_vector_page (analysis, b), dup_vector_title (analysis, b));
  return TRUE;
}

GtkWidget *
sem_sum_view_new (SemDocument *document)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *stack = gtk_stack_new (), *switcher = gtk_stack_switcher_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_widget_set_margin_start (box, 8);
  gtk_widget_set_margin_end (box, 8);
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), GTK_STACK (stack));
  gtk_stack_set_vhomogeneous (GTK_STACK (stack), FALSE);
  gtk_stack_set_hhomogeneous (GTK_STACK (stack), FALSE);
  if (!add_pages (GTK_STACK (stack), document))
    {
      g_object_ref_sink (stack);
      g_object_unref (stack);
      g_object_ref_sink (switcher);
      g_object_unref (switcher);
      g_object_ref_sink (scroller);
      g_object_unref (scroller);
      gtk_box_append (
          GTK_BOX (box),
          gtk_label_new (_ ("Choose one unit, or two: click one, then Ctrl + click another.")));
      return box;
    }
  gtk_widget_set_halign (switcher, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), switcher);
  /* As large as the sum, up to the size of the window, then it scrolls. */
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), stack);
  gtk_box_append (GTK_BOX (box), scroller);
  return box;
}

void
sem_sum_view_set_room (GtkWidget *view, int width, int height)
{
  GtkWidget *last = gtk_widget_get_last_child (view);

  if (!GTK_IS_SCROLLED_WINDOW (last))
    return;
  gtk_scrolled_window_set_max_content_width (GTK_SCROLLED_WINDOW (last), MAX (width, 200));
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (last), MAX (height, 160));
}
