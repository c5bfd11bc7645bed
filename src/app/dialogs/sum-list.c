/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A grid of labels and bars.  Its last row is the whole sum. */
#include "config.h"

#include "app/dialogs/sum-list.h"

#include "app/theme.h"
#include "core/analysis/explain.h"
#include "doc/describe.h"

#include <glib/gi18n.h>
#include <math.h>

#define MAX_LABEL_CHARS 14 /* of a unit in a column heading */
#define BAR_WIDTH 120
#define BAR_HEIGHT 12
#define DIGITS 4

/* --- one bar
 * ---------------------------------------------------------------------------------------- */

typedef struct
{
  double value, largest; /* the bar is value / largest of half the width, from the middle */
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

/* --- the rows
 * ------------------------------------------------------------------------------------- */

/* text: taken. */
static void
attach (GtkGrid *grid, int column, int row, const char *css_class, char *text)
{
  GtkWidget *label = gtk_label_new (text);

  g_free (text);
  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0.0f : 1.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_LABEL_CHARS);
  gtk_widget_set_tooltip_text (label, gtk_label_get_text (GTK_LABEL (label)));
  gtk_widget_add_css_class (label, "numeric");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

GtkWidget *
sem_sum_list_new (const char *const *headings,
                  gsize n_cells,
                  SemSumTerm *terms,
                  gsize n,
                  double total)
{
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());
  g_autofree double *values = g_new (double, MAX (n, 1)), *shown = g_new (double, MAX (n, 1));
  int value_column = (int)n_cells + 1;
  double largest = 0.0, running = 0.0;

  gtk_grid_set_column_spacing (grid, 14);
  gtk_grid_set_row_spacing (grid, 3);
  for (int i = 0; i <= value_column; i++)
    attach (grid, i, 0, "dim-label", g_strdup (headings[i]));
  attach (grid, value_column + 2, 0, "dim-label", g_strdup (_ ("Sum so far")));
  for (gsize i = 0; i < n; i++)
    {
      values[i] = terms[i].value;
      largest = MAX (largest, fabs (values[i]));
    }
  sem_explain_round (values, n, total, DIGITS, shown);
  for (gsize i = 0; i < n; i++)
    {
      int row = (int)i + 1;

      running += shown[i];
      attach (grid, 0, row, NULL, terms[i].name);
      for (gsize k = 0; k < n_cells; k++)
        if (terms[i].cells[k] != NULL)
          attach (grid, (int)k + 1, row, NULL, terms[i].cells[k]);
      attach (grid, value_column, row, NULL, sem_format_number (shown[i], DIGITS));
      gtk_grid_attach (grid, new_bar (values[i], largest), value_column + 1, row, 1, 1);
      attach (grid, value_column + 2, row, i + 1 == n ? "heading" : NULL,
              sem_format_number (running, DIGITS));
    }
  return GTK_WIDGET (grid);
}

GtkWidget *
sem_sum_line_new (char *markup)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 72);
  g_free (markup);
  return label;
}
