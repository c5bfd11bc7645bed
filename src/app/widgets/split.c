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

/* The two cards, and what is beside them when it is shown. */
static void
get_children (GtkWidget *widget, GtkWidget *cards[2], GtkWidget **extra)
{
  cards[0] = gtk_widget_get_first_child (widget);
  cards[1] = cards[0] == NULL ? NULL : gtk_widget_get_next_sibling (cards[0]);
  *extra = cards[1] == NULL ? NULL : gtk_widget_get_next_sibling (cards[1]);
  if (*extra != NULL && !gtk_widget_get_visible (*extra))
    *extra = NULL;
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
  GtkWidget *cards[2], *extra;
  int least = 0;

  *minimum_baseline = *natural_baseline = -1;
  get_children (widget, cards, &extra);
  for (GtkWidget *child = cards[0]; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum = 0;

      if (gtk_widget_get_visible (child))
        gtk_widget_measure (child, orientation, -1, &child_minimum, NULL, NULL, NULL);
      least = MAX (least, child_minimum);
    }
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = MAX (least, STACK_BELOW + 240);
      return;
    }
  if (stacked)
    *minimum = (extra == NULL ? 2 : 3) * (MAX (least, STACKED_HEIGHT) + SPACING) - SPACING;
  else
    *minimum = MAX (least, BESIDE_HEIGHT);
  *natural = *minimum;
}

static void
allocate_at (GtkWidget *child, int x, int y, int width, int height)
{
  gtk_widget_allocate (child, width, height, -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float)x, (float)y)));
}

static void
sem_split_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *cards[2], *extra;
  int first, second, third = 0, n;

  get_children (widget, cards, &extra);
  if (cards[1] == NULL)
    return;
  if (width < STACK_BELOW)
    {
      n = extra == NULL ? 2 : 3;
      height = (height - (n - 1) * SPACING) / n;
      allocate_at (cards[0], 0, 0, width, height);
      allocate_at (cards[1], 0, height + SPACING, width, height);
      if (extra != NULL)
        allocate_at (extra, 0, 2 * (height + SPACING), width, height);
      return;
    }
  if (extra != NULL)
    {
      gtk_widget_measure (extra, GTK_ORIENTATION_HORIZONTAL, -1, &third, NULL, NULL, NULL);
      third = MIN (third, width / 3);
      allocate_at (extra, rtl ? 0 : width - third, 0, third, height);
      width -= third + SPACING;
    }
  first = (int)((width - SPACING) * FIRST_SHARE);
  second = width - SPACING - first;
  n = rtl && extra != NULL ? third + SPACING : 0;
  allocate_at (cards[0], n + (rtl ? second + SPACING : 0), 0, first, height);
  allocate_at (cards[1], n + (rtl ? 0 : first + SPACING), 0, second, height);
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
