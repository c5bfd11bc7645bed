/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Height for width around a scrolled window. */
#include "app/widgets/scroller.h"

struct _SemScroller
{
  GtkWidget parent_instance;
  GtkWidget *scroller; /* owned as a child */
  GtkWidget *content;  /* borrowed: in the scroller */
  int max_height;
};

enum
{
  PROP_0,
  PROP_MAX_HEIGHT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static GtkBuildableIface *parent_buildable;

static void
sem_scroller_add_child (GtkBuildable *buildable,
                        GtkBuilder *builder,
                        GObject *child,
                        const char *type)
{
  SemScroller *self = SEM_SCROLLER (buildable);

  if (!GTK_IS_WIDGET (child))
    {
      parent_buildable->add_child (buildable, builder, child, type);
      return;
    }
  self->content = GTK_WIDGET (child);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->content);
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = sem_scroller_add_child;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SemScroller,
                               sem_scroller,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

static GtkSizeRequestMode
sem_scroller_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sem_scroller_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  SemScroller *self = SEM_SCROLLER (widget);

  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  if (self->content == NULL)
    return;
  gtk_widget_measure (self->content, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *natural = MIN (*natural, self->max_height);
      *minimum = *natural;
    }
}

static void
sem_scroller_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  int unused;

  gtk_widget_measure (SEM_SCROLLER (widget)->scroller, GTK_ORIENTATION_VERTICAL, width, &unused,
                      NULL, NULL, NULL);
  gtk_widget_allocate (SEM_SCROLLER (widget)->scroller, width, height, baseline, NULL);
}

static void
sem_scroller_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_MAX_HEIGHT)
    {
      SEM_SCROLLER (object)->max_height = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (object));
    }
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sem_scroller_dispose (GObject *object)
{
  g_clear_pointer (&SEM_SCROLLER (object)->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (sem_scroller_parent_class)->dispose (object);
}

static void
sem_scroller_class_init (SemScrollerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sem_scroller_dispose;
  G_OBJECT_CLASS (klass)->set_property = sem_scroller_set_property;
  widget_class->get_request_mode = sem_scroller_get_request_mode;
  widget_class->measure = sem_scroller_measure;
  widget_class->size_allocate = sem_scroller_size_allocate;
  properties[PROP_MAX_HEIGHT] = g_param_spec_int ("max-height", NULL, NULL, 0, G_MAXINT, 0,
                                                  G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
}

static void
sem_scroller_init (SemScroller *self)
{
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}
