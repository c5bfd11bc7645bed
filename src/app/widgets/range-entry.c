/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The spin buttons are made when the range is first chosen by hand. */
#include "config.h"

#include "app/widgets/range-entry.h"

#include <glib/gi18n.h>

#define LIMIT 1e6 /* of a dot product somebody may want to see */

struct _SemRangeEntry
{
  GtkWidget parent_instance;

  GtkWidget *box;           /* owned as a child; NULL until it is needed */
  GtkSpinButton *min, *max; /* borrowed: in the box */
  SemDocument *document;
  gboolean following; /* the entries change because the document did */
};

enum
{
  PROP_0,
  PROP_DOCUMENT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SemRangeEntry, sem_range_entry, GTK_TYPE_WIDGET)

static void
value_changed_cb (GtkSpinButton *button, SemRangeEntry *self)
{
  const SemViewOptions *view = sem_document_get_view_options (self->document);

  if (self->following)
    return;
  sem_document_set_range (
      self->document, button == self->min ? gtk_spin_button_get_value (button) : view->range_min,
      button == self->max ? gtk_spin_button_get_value (button) : view->range_max);
}

static GtkSpinButton *
add_end (SemRangeEntry *self, const char *name)
{
  GtkWidget *button = gtk_spin_button_new_with_range (-LIMIT, LIMIT, 0.05);

  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (button), 2);
  gtk_editable_set_width_chars (GTK_EDITABLE (button), 5);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (self->box), button);
  g_signal_connect (button, "value-changed", G_CALLBACK (value_changed_cb), self);
  return GTK_SPIN_BUTTON (button);
}

static void
make_entries (SemRangeEntry *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->min = add_end (self, _ ("Lowest colour"));
  self->max = add_end (self, _ ("Highest colour"));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
update (SemRangeEntry *self)
{
  const SemViewOptions *view
      = self->document == NULL ? NULL : sem_document_get_view_options (self->document);
  gboolean shown = view != NULL && view->range == SEM_RANGE_CUSTOM;

  if (shown)
    {
      if (self->box == NULL)
        make_entries (self);
      self->following = TRUE;
      gtk_spin_button_set_value (self->min, view->range_min);
      gtk_spin_button_set_value (self->max, view->range_max);
      self->following = FALSE;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), shown);
}

static void
changed_cb (SemDocument *document, guint flags, SemRangeEntry *self)
{
  if (flags & SEM_CHANGED_VIEW)
    update (self);
}

static void
set_document (SemRangeEntry *self, SemDocument *document)
{
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, document);
  if (document != NULL)
    g_signal_connect_object (document, "changed", G_CALLBACK (changed_cb), self, 0);
}

static void
sem_range_entry_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SemRangeEntry *self = SEM_RANGE_ENTRY (object);

  if (id != PROP_DOCUMENT)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  set_document (self, g_value_get_object (value));
  update (self);
}

static void
sem_range_entry_dispose (GObject *object)
{
  SemRangeEntry *self = SEM_RANGE_ENTRY (object);

  set_document (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (sem_range_entry_parent_class)->dispose (object);
}

static void
sem_range_entry_class_init (SemRangeEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = sem_range_entry_set_property;
  object_class->dispose = sem_range_entry_dispose;
  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, SEM_TYPE_DOCUMENT,
                                                   G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sem_range_entry_init (SemRangeEntry *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
