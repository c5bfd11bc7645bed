/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Height for width: the width decides whether the cards are stacked. */
#include "app/widgets/split.h"

#define STACK_BELOW 760
#define SPACING 12
#define FIRST_SHARE 0.46
#define STACKED_HEIGHT 340
#define BESIDE_HEIGHT 300

struct _SemSplit
{
  GtkWidget parent_instance;
};

static GtkBuildableIface *parent_buildable;

static void
sem_split_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
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
  iface->add_child = sem_split_add_child;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SemSplit,
                               sem_split,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

static GtkSizeRequestMode
sem_split_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sem_split_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  gboolean stacked = for_size >= 0 && for_size < STACK_BELOW;
  int least = 0;

  *minimum_baseline = *natural_baseline = -1;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum;

      gtk_widget_measure (child, orientation, -1, &child_minimum, NULL, NULL, NULL);
      least = MAX (least, child_minimum);
    }
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = MAX (least, STACK_BELOW + 240);
      return;
    }
  *minimum = stacked ? 2 * MAX (least, STACKED_HEIGHT) + SPACING : MAX (least, BESIDE_HEIGHT);
  *natural = *minimum;
}

static void
sem_split_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *first = gtk_widget_get_first_child (widget);
  GtkWidget *second = first == NULL ? NULL : gtk_widget_get_next_sibling (first);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int size, rest;

  if (second == NULL)
    return;
  if (width < STACK_BELOW)
    {
      size = (height - SPACING) / 2;
      gtk_widget_allocate (first, width, size, -1, NULL);
      gtk_widget_allocate (
          second, width, size, -1,
          gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (0, (float)(size + SPACING))));
      return;
    }
  size = (int)((width - SPACING) * FIRST_SHARE);
  rest = width - SPACING - size;
  gtk_widget_allocate (
      first, size, height, -1,
      gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (rtl ? (float)(rest + SPACING) : 0, 0)));
  gtk_widget_allocate (
      second, rest, height, -1,
      gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (rtl ? 0 : (float)(size + SPACING), 0)));
}

static void
sem_split_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sem_split_parent_class)->dispose (object);
}

static void
sem_split_class_init (SemSplitClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sem_split_dispose;
  widget_class->measure = sem_split_measure;
  widget_class->size_allocate = sem_split_size_allocate;
  widget_class->get_request_mode = sem_split_get_request_mode;
}

static void
sem_split_init (SemSplit *self)
{
}
