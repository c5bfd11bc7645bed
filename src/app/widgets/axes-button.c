/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The popover is made when it is first opened.  Words that cannot be used are said in it, and the
 * map stays as it was. */
#include "config.h"

#include "app/widgets/axes-button.h"

#include "core/analysis/axes.h"

#include <glib/gi18n.h>

struct _SemAxesButton
{
  GtkWidget parent_instance;

  GtkWidget *button; /* owned as a child */
  GtkLabel *label;   /* borrowed: in the button */
  SemDocument *document;

  /* borrowed: in the popover; NULL before it was opened */
  GtkEditable *entries[4];
  GtkLabel *problem;
};

enum
{
  PROP_0,
  PROP_DOCUMENT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SemAxesButton, sem_axes_button, GTK_TYPE_WIDGET)

static void
popdown (SemAxesButton *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}

static void
say (SemAxesButton *self, const char *problem)
{
  gtk_label_set_label (self->problem, problem == NULL ? "" : problem);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
}

static void
apply_cb (SemAxesButton *self)
{
  g_autofree char *description = g_strdup_printf (
      "%s:%s,%s:%s", gtk_editable_get_text (self->entries[0]),
      gtk_editable_get_text (self->entries[1]), gtk_editable_get_text (self->entries[2]),
      gtk_editable_get_text (self->entries[3]));
  SemModel *model = sem_document_get_model (self->document);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemAxes) axes = NULL;

  if (model == NULL)
    return;
  axes = sem_axes_new (model, description, sem_document_get_options (self->document)->pooling,
                       &error);
  if (axes == NULL)
    {
      say (self, error->message);
      return;
    }
  say (self, NULL);
  g_object_set (self->document, "map-axes", description, NULL);
  popdown (self);
}

static void
back_cb (SemAxesButton *self)
{
  say (self, NULL);
  g_object_set (self->document, "map-axes", "", NULL);
  popdown (self);
}

/* What is shown now, else a pair that most vocabularies have. */
static void
fill_entries (SemAxesButton *self)
{
  static const char *const usual[] = { "man", "woman", "small", "big" };
  char *words[4] = { NULL };

  if (!sem_axes_parse (sem_document_get_view_options (self->document)->map_axes, words, NULL)
      && *gtk_editable_get_text (self->entries[0]) != '\0')
    return; /* what was typed last */
  for (guint i = 0; i < 4; i++)
    {
      gtk_editable_set_text (self->entries[i], words[i] == NULL ? usual[i] : words[i]);
      g_free (words[i]);
    }
}

static GtkWidget *
new_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static void
add_pair (SemAxesButton *self,
          GtkGrid *grid,
          int row,
          const char *title,
          const char *from,
          const char *to)
{
  const char *const names[] = { from, to };

  gtk_grid_attach (grid, new_label (title), 0, row, 1, 1);
  gtk_grid_attach (grid, new_label ("→"), 2, row, 1, 1);
  for (int i = 0; i < 2; i++)
    {
      GtkWidget *entry = gtk_entry_new ();

      gtk_editable_set_width_chars (GTK_EDITABLE (entry), 12);
      gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      names[i], -1);
      g_signal_connect_swapped (entry, "activate", G_CALLBACK (apply_cb), self);
      gtk_grid_attach (grid, entry, 1 + 2 * i, row, 1, 1);
      self->entries[2 * row + i] = GTK_EDITABLE (entry);
    }
}

static GtkWidget *
new_buttons (SemAxesButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *back = gtk_button_new_with_mnemonic (_ ("_Principal components"));
  GtkWidget *apply = gtk_button_new_with_mnemonic (_ ("_Use these axes"));

  gtk_widget_add_css_class (apply, "suggested-action");
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  g_signal_connect_swapped (back, "clicked", G_CALLBACK (back_cb), self);
  g_signal_connect_swapped (apply, "clicked", G_CALLBACK (apply_cb), self);
  gtk_box_append (GTK_BOX (box), back);
  gtk_box_append (GTK_BOX (box), apply);
  return box;
}

static GtkWidget *
new_content (SemAxesButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *formula
      = new_label (_ ("A vector v stands at (v − middle) · direction: 0 halfway between\n"
                      "the two words, the direction from the first to the second."));
  GtkWidget *problem = new_label (NULL);

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 6);
  add_pair (self, GTK_GRID (grid), 0, _ ("Across"), _ ("Across, first word"),
            _ ("Across, second word"));
  add_pair (self, GTK_GRID (grid), 1, _ ("Up"), _ ("Up, first word"), _ ("Up, second word"));
  self->problem = GTK_LABEL (problem);
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_label_set_max_width_chars (self->problem, 40);
  gtk_widget_add_css_class (problem, "error");
  gtk_widget_set_visible (problem, FALSE);
  gtk_widget_add_css_class (formula, "dim-label");
  gtk_box_append (GTK_BOX (box), grid);
  gtk_box_append (GTK_BOX (box), problem);
  gtk_box_append (GTK_BOX (box), formula);
  gtk_box_append (GTK_BOX (box), new_buttons (self));
  return box;
}

static void
create_popup_cb (GtkMenuButton *button, gpointer data)
{
  SemAxesButton *self = data;

  if (gtk_menu_button_get_popover (button) == NULL)
    {
      GtkWidget *popover = gtk_popover_new ();
      GtkWidget *content = new_content (self);

      gtk_widget_set_margin_top (content, 6);
      gtk_widget_set_margin_bottom (content, 6);
      gtk_widget_set_margin_start (content, 6);
      gtk_widget_set_margin_end (content, 6);
      gtk_popover_set_child (GTK_POPOVER (popover), content);
      gtk_menu_button_set_popover (button, popover);
    }
  say (self, NULL);
  fill_entries (self);
}

/* The button says what the axes are when they are made of words. */
static void
update (SemAxesButton *self)
{
  const char *axes
      = self->document == NULL ? NULL : sem_document_get_view_options (self->document)->map_axes;
  char *words[4];
  g_autofree char *shown = NULL;

  if (sem_axes_parse (axes, words, NULL))
    {
      shown = g_strdup_printf ("%s → %s, %s → %s", words[0], words[1], words[2], words[3]);
      for (guint i = 0; i < 4; i++)
        g_free (words[i]);
    }
  gtk_label_set_label (self->label, shown == NULL ? _ ("Word pairs") : shown);
}

static void
set_document (SemAxesButton *self, SemDocument *document)
{
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, document);
  if (document != NULL)
    g_signal_connect_object (document, "notify::map-axes", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
}

static void
sem_axes_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id != PROP_DOCUMENT)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  set_document (SEM_AXES_BUTTON (object), g_value_get_object (value));
  update (SEM_AXES_BUTTON (object));
}

static void
sem_axes_button_dispose (GObject *object)
{
  SemAxesButton *self = SEM_AXES_BUTTON (object);

  set_document (self, NULL);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (sem_axes_button_parent_class)->dispose (object);
}

static void
sem_axes_button_class_init (SemAxesButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = sem_axes_button_set_property;
  object_class->dispose = sem_axes_button_dispose;
  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, SEM_TYPE_DOCUMENT,
                                                   G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sem_axes_button_init (SemAxesButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *label = gtk_label_new (NULL);

  self->button = gtk_menu_button_new ();
  self->label = GTK_LABEL (label);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (self->label, 28);
  gtk_widget_set_tooltip_text (self->button, _ ("Axes from word pairs"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Axes from word pairs"), -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), box);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), create_popup_cb, self,
                                         NULL);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}
