/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The choice is made in size-allocate; the property that others follow changes in an idle, because
 * a layout must not be changed while it is under way. */
#include "app/widgets/fit.h"

struct _SemFit
{
  GtkWidget parent_instance;
  GtkWidget *shown; /* borrowed: one of the children */
  gboolean is_narrow, announced;
  guint idle_id;
};

enum
{
  PROP_0,
  PROP_IS_NARROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static GtkBuildableIface *parent_buildable;

static void
sem_fit_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  if (GTK_IS_WIDGET (child))
    gtk_widget_set_parent (GTK_WIDGET (child), GTK_WIDGET (buildable));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = sem_fit_add_child;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SemFit,
                               sem_fit,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

static gboolean
announce_cb (gpointer data)
{
  SemFit *self = data;

  self->idle_id = 0;
  if (self->announced != self->is_narrow)
    {
      self->announced = self->is_narrow;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_NARROW]);
    }
  return G_SOURCE_REMOVE;
}

static void
sem_fit_measure (GtkWidget *widget,
                 GtkOrientation orientation,
                 int for_size,
                 int *minimum,
                 int *natural,
                 int *minimum_baseline,
                 int *natural_baseline)
{
  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
      *natural = MAX (*natural, child_natural);
      if (orientation == GTK_ORIENTATION_VERTICAL)
        *minimum = MAX (*minimum, child_minimum);
      else
        *minimum = child_minimum; /* the last child's stays */
    }
}

static void
sem_fit_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SemFit *self = SEM_FIT (widget);

  self->shown = NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gboolean is_last = gtk_widget_get_next_sibling (child) == NULL;
      int minimum;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      if (self->shown == NULL && (minimum <= width || is_last))
        {
          self->shown = child;
          self->is_narrow = is_last;
        }
      gtk_widget_set_child_visible (child, child == self->shown);
    }
  if (self->shown != NULL)
    gtk_widget_allocate (self->shown, width, height, baseline, NULL);
  if (self->announced != self->is_narrow && self->idle_id == 0)
    self->idle_id = g_idle_add (announce_cb, self);
}

gboolean
sem_fit_get_is_narrow (SemFit *self)
{
  return self->announced;
}

static void
sem_fit_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_IS_NARROW)
    g_value_set_boolean (value, sem_fit_get_is_narrow (SEM_FIT (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sem_fit_dispose (GObject *object)
{
  GtkWidget *child;

  g_clear_handle_id (&SEM_FIT (object)->idle_id, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sem_fit_parent_class)->dispose (object);
}

static void
sem_fit_class_init (SemFitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sem_fit_dispose;
  object_class->get_property = sem_fit_get_property;
  widget_class->measure = sem_fit_measure;
  widget_class->size_allocate = sem_fit_size_allocate;
  properties[PROP_IS_NARROW]
      = g_param_spec_boolean ("is-narrow", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sem_fit_init (SemFit *self)
{
}
