/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The label is looked up in the menu: the item whose target is the property's value (an
 * enumeration's nick, or a string).  Of a menu that is no property's, such as one of switches, it
 * is the title. */
#include "config.h"

#include "app/widgets/choice-button.h"

#include "app/widgets/menu-button.h"

#include <glib/gi18n.h>

struct _SemChoiceButton
{
  GtkWidget parent_instance;

  GtkWidget *button; /* owned as a child */
  GtkLabel *label;   /* borrowed: in the button */
  SemDocument *document;
  char *property;
  char *title;
  gboolean show_title;
};

enum
{
  PROP_0,
  PROP_DOCUMENT,
  PROP_PROPERTY,
  PROP_TITLE,
  PROP_SHOW_TITLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SemChoiceButton, sem_choice_button, GTK_TYPE_WIDGET)

static char *
dup_value (SemChoiceButton *self)
{
  GParamSpec *pspec
      = g_object_class_find_property (G_OBJECT_GET_CLASS (self->document), self->property);
  g_auto (GValue) value = G_VALUE_INIT;

  if (pspec == NULL)
    return NULL;
  g_value_init (&value, pspec->value_type);
  g_object_get_property (G_OBJECT (self->document), self->property, &value);
  if (G_IS_PARAM_SPEC_ENUM (pspec))
    {
      GEnumValue *entry
          = g_enum_get_value (G_PARAM_SPEC_ENUM (pspec)->enum_class, g_value_get_enum (&value));

      return g_strdup (entry == NULL ? NULL : entry->value_nick);
    }
  return g_value_dup_string (&value);
}

/* The label of the first item with this target, sections and submenus included; without mnemonic.
 */
static char *
find_label (GMenuModel *model, const char *value)
{
  for (int i = 0; i < g_menu_model_get_n_items (model); i++)
    {
      g_autofree char *target = NULL;
      g_autofree char *label = NULL;
      static const char *const links[] = { G_MENU_LINK_SECTION, G_MENU_LINK_SUBMENU };

      if (g_menu_model_get_item_attribute (model, i, G_MENU_ATTRIBUTE_TARGET, "s", &target)
          && g_strcmp0 (target, value) == 0
          && g_menu_model_get_item_attribute (model, i, G_MENU_ATTRIBUTE_LABEL, "s", &label))
        {
          g_auto (GStrv) parts = g_strsplit (label, "_", 2);

          return g_strjoinv ("", parts);
        }
      for (guint j = 0; j < G_N_ELEMENTS (links); j++)
        {
          g_autoptr (GMenuModel) child = g_menu_model_get_item_link (model, i, links[j]);
          char *found = child == NULL ? NULL : find_label (child, value);

          if (found != NULL)
            return found;
        }
    }
  return NULL;
}

static void
update (SemChoiceButton *self)
{
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());
  GMenuModel *menu;
  g_autofree char *value = NULL;
  g_autofree char *label = NULL;
  g_autofree char *name = NULL;

  if (self->document == NULL || self->property == NULL)
    return;
  menu = G_MENU_MODEL (gtk_application_get_menu_by_id (application, self->property));
  value = dup_value (self);
  if (menu != NULL && value != NULL)
    label = find_label (menu, value);
  /* Translators: a choice's title and what is chosen: "Units: Words" */
  name = value == NULL ? g_strdup (self->title)
                       : g_strdup_printf (_ ("%s: %s"), self->title == NULL ? "" : self->title,
                                          label == NULL ? "" : label);
  if (label == NULL)
    label = g_strdup (value == NULL ? self->title : "");
  gtk_label_set_label (self->label, self->show_title ? name : label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_widget_set_tooltip_text (self->button, self->show_title ? NULL : self->title);
}

static void
set_document (SemChoiceButton *self, SemDocument *document)
{
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, document);
  if (document != NULL && self->property != NULL)
    {
      g_autofree char *signal = g_strconcat ("notify::", self->property, NULL);

      g_signal_connect_object (document, signal, G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
}

static void
sem_choice_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SemChoiceButton *self = SEM_CHOICE_BUTTON (object);

  switch (id)
    {
    case PROP_DOCUMENT:
      set_document (self, g_value_get_object (value));
      break;
    case PROP_PROPERTY:
      g_free (self->property);
      self->property = g_value_dup_string (value);
      gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button),
                                             sem_menu_button_create_cb, self->property, NULL);
      break;
    case PROP_TITLE:
      g_free (self->title);
      self->title = g_value_dup_string (value);
      break;
    case PROP_SHOW_TITLE:
      self->show_title = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
  update (self);
}

static void
sem_choice_button_dispose (GObject *object)
{
  SemChoiceButton *self = SEM_CHOICE_BUTTON (object);

  set_document (self, NULL);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (sem_choice_button_parent_class)->dispose (object);
}

static void
sem_choice_button_finalize (GObject *object)
{
  g_free (SEM_CHOICE_BUTTON (object)->property);
  g_free (SEM_CHOICE_BUTTON (object)->title);
  G_OBJECT_CLASS (sem_choice_button_parent_class)->finalize (object);
}

static void
sem_choice_button_class_init (SemChoiceButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = sem_choice_button_set_property;
  object_class->dispose = sem_choice_button_dispose;
  object_class->finalize = sem_choice_button_finalize;
  properties[PROP_DOCUMENT]
      = g_param_spec_object ("document", NULL, NULL, SEM_TYPE_DOCUMENT, flags);
  properties[PROP_PROPERTY] = g_param_spec_string ("property", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SHOW_TITLE] = g_param_spec_boolean ("show-title", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sem_choice_button_init (SemChoiceButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *arrow = gtk_image_new_from_icon_name ("pan-down-symbolic");

  self->button = gtk_menu_button_new ();
  self->label = GTK_LABEL (label);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (self->label, 0);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), arrow);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), box);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}
