/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The formula with its numbers, then one row a dimension: both values, their product as a bar
 * around 0, and the running sum, so that the last line is the dot product. */
#include "config.h"

#include "app/dialogs/sum-view.h"

#include "app/theme.h"
#include "doc/describe.h"
#include "doc/sum.h"

#include <glib/gi18n.h>
#include <math.h>

#define N_TOP 10
#define MAX_LABEL_CHARS 14 /* of a unit in a column heading */
#define BAR_WIDTH 150
#define BAR_HEIGHT 12

/* --- one bar
 * ---------------------------------------------------------------------------------------- */

typedef struct
{
  double value,
      largest; /* products; the bar is value / largest of half the width, from the middle */
} Bar;

static void
draw_bar_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  const Bar *bar = data;
  const SemTheme *theme = sem_app_get_theme ();
  double middle = width / 2.0;
  double length = bar->largest > 0 ? bar->value / bar->largest * (middle - 1) : 0;

  sem_rgba_set_source (bar->value < 0 ? theme->diverging_low : theme->diverging_high, cr);
  cairo_rectangle (cr, length < 0 ? middle + length : middle, 1, fabs (length), height - 2);
  cairo_fill (cr);
  sem_rgba_set_source (theme->axis, cr);
  cairo_rectangle (cr, floor (middle), 0, 1, height);
  cairo_fill (cr);
}

static GtkWidget *
new_bar (double value, double largest)
{
  GtkWidget *area = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  Bar *bar = g_new (Bar, 1);

  bar->value = value;
  bar->largest = largest;
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), BAR_WIDTH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), BAR_HEIGHT);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_bar_cb, bar, g_free);
  gtk_widget_set_valign (area, GTK_ALIGN_CENTER);
  return area;
}

/* --- the list
 * --------------------------------------------------------------------------------------- */

static void
attach_label (GtkGrid *grid, int column, int row, float xalign, const char *css_class, char *text)
{
  GtkWidget *label = gtk_label_new (text);

  g_free (text);
  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_LABEL_CHARS);
  gtk_widget_set_tooltip_text (label, gtk_label_get_text (GTK_LABEL (label)));
  gtk_widget_add_css_class (label, "numeric");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

static void
attach_heading (GtkGrid *grid, const char *first, const char *second)
{
  attach_label (grid, 0, 0, 0, "dim-label", g_strdup (_ ("Dimension")));
  attach_label (grid, 1, 0, 1, "dim-label", g_strdup (first));
  attach_label (grid, 2, 0, 1, "dim-label", g_strdup (second));
  attach_label (grid, 3, 0, 1, "dim-label", g_strdup (_ ("Product")));
  attach_label (grid, 5, 0, 1, "dim-label", g_strdup (_ ("Sum so far")));
}

static GtkWidget *
new_list (const SemSum *sum, const char *first, const char *second)
{
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());
  double largest = 0, running = 0;
  gsize n_rest = sum->dim - sum->n_top;
  int row = 1;

  gtk_grid_set_column_spacing (grid, 14);
  gtk_grid_set_row_spacing (grid, 3);
  attach_heading (grid, first, second);
  largest = n_rest > 0 ? fabs (sum->rest) : 0;
  for (gsize i = 0; i < sum->n_top; i++)
    largest = MAX (largest, fabs (sum->top[i].product));
  for (gsize i = 0; i < sum->n_top; i++, row++)
    {
      const SemContribution *top = &sum->top[i];

      running += top->product;
      attach_label (grid, 0, row, 0, NULL, g_strdup_printf ("%" G_GSIZE_FORMAT, top->dimension));
      attach_label (grid, 1, row, 1, NULL, sem_format_number (top->a, 3));
      attach_label (grid, 2, row, 1, NULL, sem_format_number (top->b, 3));
      attach_label (grid, 3, row, 1, NULL, sem_format_number (top->product, 4));
      gtk_grid_attach (grid, new_bar (top->product, largest), 4, row, 1, 1);
      attach_label (grid, 5, row, 1, NULL, sem_format_number (running, 4));
    }
  if (n_rest > 0)
    {
      attach_label (
          grid, 0, row, 0, NULL,
          g_strdup_printf (ngettext ("%lu other", "%lu others", (gulong)n_rest), (gulong)n_rest));
      attach_label (grid, 3, row, 1, NULL, sem_format_number (sum->rest, 4));
      gtk_grid_attach (grid, new_bar (sum->rest, largest), 4, row, 1, 1);
      attach_label (grid, 5, row, 1, NULL, sem_format_number (sum->cosine.dot, 4));
    }
  return GTK_WIDGET (grid);
}

/* --- the formula
 * ------------------------------------------------------------------------------------ */

static GtkWidget *
new_line (char *markup)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 72);
  g_free (markup);
  return label;
}

static char *
dup_formula (const SemSum *sum)
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

GtkWidget *
sem_sum_view_new (SemDocument *document)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  SemAnalysis *analysis = sem_document_get_analysis (document);
  SemUnits *units;
  SemSum sum;
  gsize a, b;

  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_widget_set_margin_start (box, 8);
  gtk_widget_set_margin_end (box, 8);
  if (analysis == NULL || !sem_document_get_pair (document, &a, &b)
      || !sem_sum_compute (analysis, a, b, N_TOP, &sum))
    {
      gtk_box_append (
          GTK_BOX (box),
          gtk_label_new (_ ("Choose two units first: click one, then Ctrl + click another.")));
      return box;
    }
  units = sem_analysis_get_units (analysis);
  gtk_box_append (GTK_BOX (box),
                  new_line (g_markup_printf_escaped (
                      "<b>%s – %s</b>%s%s", sem_units_get (units, a)->label,
                      sem_units_get (units, b)->label, sum.centered ? "   " : "",
                      sum.centered ? _ ("after subtracting the mean of all units") : "")));
  gtk_box_append (GTK_BOX (box), new_line (dup_formula (&sum)));
  gtk_box_append (GTK_BOX (box), new_list (&sum, sem_units_get (units, a)->label,
                                           sem_units_get (units, b)->label));
  return box;
}
