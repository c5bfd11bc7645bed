/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list box of rows that are filled again instead of made again. */
#include "config.h"

#include "app/widgets/token-list.h"

#include "app/theme.h"
#include "doc/describe.h"
#include "doc/neighborhood.h"

#include <glib/gi18n.h>
#include <math.h>

#define BAR_WIDTH 64
#define BAR_HEIGHT 10

typedef struct
{
  GtkWidget *row, *note, *bar, *value, *add; /* borrowed: the list has them */
  GtkLabel *piece;
  guint32 id;
  double cosine;
} Row;

struct _SemTokenList
{
  AdwBin parent_instance;

  GtkListBox *box; /* borrowed: the child */
  GPtrArray *rows; /* of Row: all that were ever made */
  gsize n;         /* those in use */
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SemTokenList, sem_token_list, ADW_TYPE_BIN)

static void
draw_bar_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  const Row *row = data;
  const SemTheme *theme = sem_app_get_theme ();
  double length = fabs (row->cosine) * width;

  cairo_rectangle (cr, 0, 0, width, height);
  sem_rgba_set_source (theme->grid, cr);
  cairo_fill (cr);
  cairo_rectangle (cr, 0, 0, length, height);
  sem_rgba_set_source (row->cosine < 0 ? theme->diverging_low : theme->diverging_high, cr);
  cairo_fill (cr);
}

static Row *
add_row (SemTokenList *self)
{
  Row *row = g_new0 (Row, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  row->row = gtk_list_box_row_new ();
  row->piece = GTK_LABEL (gtk_label_new (NULL));
  row->note = gtk_label_new (NULL);
  row->bar = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role",
                           GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  row->value = gtk_label_new (NULL);
  row->add = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_label_set_xalign (row->piece, 0);
  gtk_label_set_ellipsize (row->piece, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (row->piece), TRUE);
  gtk_widget_add_css_class (row->note, "dim-label");
  gtk_widget_add_css_class (row->note, "caption");
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (row->bar), BAR_WIDTH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (row->bar), BAR_HEIGHT);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (row->bar), draw_bar_cb, row, NULL);
  gtk_widget_set_valign (row->bar, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (row->value, "numeric");
  gtk_label_set_xalign (GTK_LABEL (row->value), 1);
  gtk_label_set_width_chars (GTK_LABEL (row->value), 5);
  gtk_widget_add_css_class (row->add, "flat");
  gtk_widget_add_css_class (row->add, "token-add");
  gtk_widget_set_valign (row->add, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (row->piece));
  gtk_box_append (GTK_BOX (box), row->note);
  gtk_box_append (GTK_BOX (box), row->bar);
  gtk_box_append (GTK_BOX (box), row->value);
  gtk_box_append (GTK_BOX (box), row->add);
  gtk_widget_add_css_class (box, "token-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row->row), box);
  gtk_list_box_append (self->box, row->row);
  g_ptr_array_add (self->rows, row);
  return row;
}

static void
name_row (Row *row, const char *piece, const char *text, const SemTokenListRow *content)
{
  g_autofree char *value = isnan (content->cosine) ? NULL : sem_format_number (content->cosine, 3);
  g_autofree char *tip = g_strdup_printf (_ ("%s, ID %u"), piece, content->id);
  g_autofree char *name
      = value == NULL ? g_strdup (tip) : g_strdup_printf (_ ("%s, cosine %s"), piece, value);
  g_autofree char *full
      = content->note == NULL ? g_strdup (name) : g_strdup_printf ("%s, %s", name, content->note);
  g_autofree char *add
      = g_strdup_printf (_ ("Append “%s” to the text"), text == NULL ? piece : text);

  gtk_widget_set_tooltip_text (row->row, tip);
  gtk_widget_set_tooltip_text (row->add, add);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->row), GTK_ACCESSIBLE_PROPERTY_LABEL, full,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->add), GTK_ACCESSIBLE_PROPERTY_LABEL, add,
                                  -1);
  gtk_label_set_label (GTK_LABEL (row->value), value == NULL ? "" : value);
}

static void
fill_row (Row *row, SemModel *model, const SemTokenListRow *content)
{
  const char *known = sem_tokenizer_get_piece (sem_model_get_tokenizer (model), content->id);
  g_autofree char *piece = g_utf8_make_valid (known == NULL ? "?" : known, -1);
  g_autofree char *text = sem_token_dup_text (model, content->id);
  gboolean has_value = !isnan (content->cosine);

  row->id = content->id;
  row->cosine = has_value ? content->cosine : 0;
  gtk_label_set_label (row->piece, piece);
  gtk_label_set_label (GTK_LABEL (row->note), content->note == NULL ? "" : content->note);
  gtk_widget_set_visible (row->note, content->note != NULL);
  gtk_widget_set_visible (row->bar, has_value);
  gtk_widget_set_visible (row->value, has_value);
  name_row (row, piece, text, content);
  /* The target first: an action is never to be seen without its own. */
  if (text != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (row->add), "s", text);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row->add),
                                  text == NULL ? NULL : "win.append-word");
  gtk_widget_set_sensitive (row->add, text != NULL); /* bytes that are no text by themselves */
  gtk_widget_queue_draw (row->bar);
}

static void
row_activated_cb (GtkListBox *box, GtkListBoxRow *list_row, SemTokenList *self)
{
  const Row *row = g_ptr_array_index (self->rows, (guint)gtk_list_box_row_get_index (list_row));

  g_signal_emit (self, signals[CHOSEN], 0, (guint)row->id);
}

static void
sem_token_list_dispose (GObject *object)
{
  SemTokenList *self = SEM_TOKEN_LIST (object);

  G_OBJECT_CLASS (sem_token_list_parent_class)->dispose (object); /* first the rows that draw */
  g_clear_pointer (&self->rows, g_ptr_array_unref);
}

static void
sem_token_list_class_init (SemTokenListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sem_token_list_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
theme_changed_cb (SemTokenList *self)
{
  for (guint i = 0; self->rows != NULL && i < self->rows->len; i++)
    gtk_widget_queue_draw (((Row *)g_ptr_array_index (self->rows, i))->bar);
}

static void
sem_token_list_init (SemTokenList *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_free);
  self->box = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->box, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "tokens");
  g_signal_connect_object (self->box, "row-activated", G_CALLBACK (row_activated_cb), self, 0);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  sem_app_connect_theme_changed (G_CALLBACK (theme_changed_cb), G_OBJECT (self));
}

void
sem_token_list_set (SemTokenList *self, SemModel *model, const SemTokenListRow *rows, gsize n)
{
  g_return_if_fail (SEM_IS_TOKEN_LIST (self));
  for (gsize i = 0; i < n; i++)
    {
      Row *row = i < self->rows->len ? g_ptr_array_index (self->rows, i) : add_row (self);

      fill_row (row, model, &rows[i]);
      gtk_widget_set_visible (row->row, TRUE);
    }
  for (gsize i = n; i < self->rows->len; i++)
    gtk_widget_set_visible (((Row *)g_ptr_array_index (self->rows, i))->row, FALSE);
  self->n = n;
}

gsize
sem_token_list_get_n (SemTokenList *self)
{
  return self->n;
}

gboolean
sem_token_list_get_first (SemTokenList *self, guint32 *id)
{
  if (self->n > 0)
    *id = ((const Row *)g_ptr_array_index (self->rows, 0))->id;
  return self->n > 0;
}

void
sem_token_list_focus (SemTokenList *self)
{
  if (self->n > 0)
    gtk_widget_grab_focus (((const Row *)g_ptr_array_index (self->rows, 0))->row);
}
