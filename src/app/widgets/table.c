/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A column view over SemTableRows; built and filled only while it is shown. */
#include "config.h"

#include "app/widgets/table.h"

#include "app/widgets/table-rows.h"

#include <glib/gi18n.h>

struct _SemTable
{
  GtkBox parent_instance;

  SemDocument *document;
  SemTableKind kind;
  SemTableKind shown; /* the kind that was built: of two models another one */
  SemTableRows *rows;
  GtkSingleSelection *selection;
  GtkWidget *view, *scroller; /* borrowed: a child, and what it is in */
  gboolean updating, selecting;
  gboolean pinned; /* always shown */
};

enum
{
  PROP_0,
  PROP_DOCUMENT,
  PROP_KIND,
  PROP_PINNED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SemTable, sem_table, GTK_TYPE_BOX)

static void
setup_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer is_text)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), GPOINTER_TO_INT (is_text) ? 0.0f : 1.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

/* The row has the keyboard, its cells have not: it is named by what is in them. */
static void
name_row (GtkWidget *cell, SemTableRow *row, guint n_columns)
{
  g_autoptr (GString) name = g_string_new (NULL);

  while (cell != NULL && g_strcmp0 (gtk_widget_get_css_name (cell), "row") != 0)
    cell = gtk_widget_get_parent (cell);
  if (cell == NULL)
    return;
  for (guint i = 0; i < n_columns; i++)
    {
      g_autofree char *text = sem_table_row_dup_text (row, i);

      g_string_append_printf (name, "%s%s", name->len > 0 && *text != '\0' ? ", " : "", text);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  SemTableRow *row = SEM_TABLE_ROW (gtk_list_item_get_item (item));
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *text = sem_table_row_dup_text (row, GPOINTER_TO_UINT (column));

  gtk_label_set_label (GTK_LABEL (label), text);
  if (GPOINTER_TO_UINT (column) == 0)
    name_row (label, row, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "n-columns")));
}

static void build (SemTable *self);

static void
refill (SemTable *self)
{
  SemComparison *comparison
      = self->document == NULL ? NULL : sem_document_get_comparison (self->document);
  SemFocus focus;

  if (self->rows == NULL || self->document == NULL)
    return;
  if (self->shown != sem_table_kind_for (self->kind, comparison))
    {
      gtk_box_remove (GTK_BOX (self), self->scroller);
      g_clear_object (&self->selection);
      g_clear_object (&self->rows);
      build (self);
    }
  sem_document_get_focus (self->document, &focus);
  self->updating = TRUE;
  sem_table_rows_set_analysis (self->rows, sem_document_get_analysis (self->document), comparison,
                               &focus);
  self->updating = FALSE;
}

static void
selected_cb (SemTable *self)
{
  SemTableRow *row = gtk_single_selection_get_selected_item (self->selection);
  SemItem item;

  if (self->updating || row == NULL)
    return;
  sem_table_row_get_item (row, &item);
  self->selecting = TRUE; /* the change comes back to us in this main-loop turn; the rows must stay
                             where they are */
  if (item.kind == SEM_ITEM_PAIR || item.kind == SEM_ITEM_DIMENSION)
    sem_document_set_hover (self->document, &item);
  else if (item.unit != SEM_NO_ITEM)
    sem_document_set_selection (self->document, &item.unit, 1);
}

static void
changed_cb (SemDocument *document, guint flags, SemTable *self)
{
  gboolean needs_selection = self->kind == SEM_TABLE_PAIRS || self->kind == SEM_TABLE_VALUES;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return; /* filled when it is shown */
  if ((flags & (SEM_CHANGED_ANALYSIS | SEM_CHANGED_MODEL))
      || ((flags & SEM_CHANGED_SELECTION) && needs_selection && !self->selecting))
    refill (self);
  self->selecting = FALSE;
}

static void
build (SemTable *self)
{
  SemComparison *comparison
      = self->document == NULL ? NULL : sem_document_get_comparison (self->document);
  const char *const *titles;
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->shown = sem_table_kind_for (self->kind, comparison);
  self->scroller = scroller;
  titles = sem_table_kind_get_columns (self->shown);
  self->rows = sem_table_rows_new (self->shown);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->rows)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  self->view = gtk_column_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)));
  gtk_widget_add_css_class (self->view, "numbers");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Table of numbers"), -1);
  for (guint i = 0; titles[i] != NULL; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cell_cb),
                        GINT_TO_POINTER (sem_table_kind_is_text (self->shown, i)));
      g_object_set_data (G_OBJECT (factory), "n-columns",
                         GUINT_TO_POINTER (g_strv_length ((char **)titles)));
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cell_cb), GUINT_TO_POINTER (i));
      column = gtk_column_view_column_new (_ (titles[i]), factory);
      gtk_column_view_column_set_expand (column, i == 0);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), column);
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (self), scroller);
}

static void
sem_table_map (GtkWidget *widget)
{
  SemTable *self = SEM_TABLE (widget);

  if (self->rows == NULL)
    build (self);
  refill (self);
  GTK_WIDGET_CLASS (sem_table_parent_class)->map (widget);
}

static gboolean
sem_table_grab_focus (GtkWidget *widget)
{
  SemTable *self = SEM_TABLE (widget);

  return self->view != NULL && gtk_widget_child_focus (self->view, GTK_DIR_TAB_FORWARD);
}

/* Tab leaves the table in one step, arrows go through its rows: a text of 500 words has 500 of
 * them. */
static gboolean
sem_table_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root == NULL ? NULL : gtk_root_get_focus (root);

  if ((direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD) && focus != NULL
      && gtk_widget_is_ancestor (focus, widget))
    return FALSE;
  return GTK_WIDGET_CLASS (sem_table_parent_class)->focus (widget, direction);
}

static void
sem_table_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SemTable *self = SEM_TABLE (object);

  if (id == PROP_KIND)
    {
      if (!sem_table_kind_from_id (g_value_get_string (value), &self->kind))
        g_warning ("no table of kind '%s'", g_value_get_string (value));
    }
  else if (id == PROP_PINNED)
    self->pinned = g_value_get_boolean (value);
  else if (id == PROP_DOCUMENT)
    {
      if (self->document != NULL)
        g_signal_handlers_disconnect_by_data (self->document, self);
      g_set_object (&self->document, g_value_get_object (value));
      if (self->document != NULL)
        g_signal_connect_object (self->document, "changed", G_CALLBACK (changed_cb), self, 0);
    }
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sem_table_dispose (GObject *object)
{
  SemTable *self = SEM_TABLE (object);

  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  G_OBJECT_CLASS (sem_table_parent_class)->dispose (object);
}

static void
sem_table_class_init (SemTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = sem_table_set_property;
  object_class->dispose = sem_table_dispose;
  GTK_WIDGET_CLASS (klass)->map = sem_table_map;
  GTK_WIDGET_CLASS (klass)->grab_focus = sem_table_grab_focus;
  GTK_WIDGET_CLASS (klass)->focus = sem_table_focus;
  properties[PROP_DOCUMENT]
      = g_param_spec_object ("document", NULL, NULL, SEM_TYPE_DOCUMENT, flags);
  properties[PROP_PINNED] = g_param_spec_boolean ("pinned", NULL, NULL, FALSE, flags);
  properties[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sem_table_init (SemTable *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self), FALSE);
}

gboolean
sem_table_get_pinned (SemTable *self)
{
  return self->pinned;
}
