/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of controls, each at the end of its row; the title has what is left of the first one. */
#include "app/widgets/card-header.h"

#define SPACING 6
#define TITLE_GAP 12
/* A title gives this much of itself before a control goes to the next row. */
#define TITLE_WIDTH 150

struct _SemCardHeader
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (SemCardHeader, sem_card_header, GTK_TYPE_WIDGET)

static GtkWidget *
next_control (GtkWidget *widget)
{
  do
    widget = gtk_widget_get_next_sibling (widget);
  while (widget != NULL && !gtk_widget_should_layout (widget));
  return widget;
}

static int
get_natural (GtkWidget *widget, GtkOrientation orientation)
{
  int natural;

  gtk_widget_measure (widget, orientation, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* The controls from first on that fit into width, at least one unless may_be_empty: how wide and
 * tall they are, and the first of the next row. */
static GtkWidget *
fit_row (GtkWidget *first, int width, gboolean may_be_empty, int *used, int *height)
{
  GtkWidget *control = first;

  *used = *height = 0;
  for (; control != NULL; control = next_control (control))
    {
      int wide = get_natural (control, GTK_ORIENTATION_HORIZONTAL);
      int end = *used + (*used > 0 ? SPACING : 0) + wide;

      if (end > width && (*used > 0 || may_be_empty))
        break;
      *used = MIN (end, width);
      *height = MAX (*height, get_natural (control, GTK_ORIENTATION_VERTICAL));
    }
  return control;
}

static int
get_first_width (GtkWidget *title, int width)
{
  return width - TITLE_GAP
         - MIN (get_natural (title, GTK_ORIENTATION_HORIZONTAL), MIN (TITLE_WIDTH, width / 2));
}

static int
measure_height (GtkWidget *widget, int width)
{
  GtkWidget *title = gtk_widget_get_first_child (widget);
  GtkWidget *control = next_control (title);
  int used, height, total;

  control = fit_row (control, get_first_width (title, width), TRUE, &used, &height);
  total = MAX (height, get_natural (title, GTK_ORIENTATION_VERTICAL));
  while (control != NULL)
    {
      control = fit_row (control, width, FALSE, &used, &height);
      total += SPACING + height;
    }
  return total;
}

static void
sem_card_header_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  GtkWidget *title = gtk_widget_get_first_child (widget);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = measure_height (widget, for_size < 0 ? G_MAXINT / 2 : for_size);
      return;
    }
  gtk_widget_measure (title, orientation, -1, minimum, natural, NULL, NULL);
  *natural += TITLE_GAP - SPACING;
  for (GtkWidget *control = next_control (title); control != NULL; control = next_control (control))
    {
      int wide = get_natural (control, orientation);

      *minimum = MAX (*minimum, wide);
      *natural += wide + SPACING;
    }
  *natural = MAX (*natural, *minimum);
}

static void
place (GtkWidget *widget, GtkWidget *child, int x, int y, int width, int height)
{
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (widget) - x - width;
  gtk_widget_allocate (child, width, height, -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float)x, (float)y)));
}

/* One row at the end of the width; returns the first control of the next. */
static GtkWidget *
place_row (GtkWidget *widget, GtkWidget *first, GtkWidget *end, int x, int y, int height)
{
  const int width = gtk_widget_get_width (widget);

  for (GtkWidget *control = first; control != end; control = next_control (control))
    {
      int wide = MIN (get_natural (control, GTK_ORIENTATION_HORIZONTAL), width);

      place (widget, control, x, y, wide, height);
      x += wide + SPACING;
    }
  return end;
}

static void
sem_card_header_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *title = gtk_widget_get_first_child (widget);
  GtkWidget *control = next_control (title), *end;
  int used, tall, y;

  end = fit_row (control, get_first_width (title, width), TRUE, &used, &tall);
  tall = MAX (tall, get_natural (title, GTK_ORIENTATION_VERTICAL));
  place (widget, title, 0, 0, MAX (1, width - used - (used > 0 ? TITLE_GAP : 0)), tall);
  control = place_row (widget, control, end, width - used, 0, tall);
  y = tall + SPACING;
  while (control != NULL)
    {
      end = fit_row (control, width, FALSE, &used, &tall);
      control = place_row (widget, control, end, width - used, y, tall);
      y += tall + SPACING;
    }
}

static GtkSizeRequestMode
sem_card_header_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sem_card_header_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sem_card_header_parent_class)->dispose (object);
}

static void
sem_card_header_class_init (SemCardHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sem_card_header_dispose;
  widget_class->measure = sem_card_header_measure;
  widget_class->size_allocate = sem_card_header_size_allocate;
  widget_class->get_request_mode = sem_card_header_get_request_mode;
}

static void
sem_card_header_init (SemCardHeader *self)
{
}

GtkWidget *
sem_card_header_new (GtkWidget *title)
{
  GtkWidget *self = g_object_new (SEM_TYPE_CARD_HEADER, NULL);

  gtk_widget_set_parent (title, self);
  return self;
}

void
sem_card_header_append (SemCardHeader *self, GtkWidget *control)
{
  gtk_widget_set_parent (control, GTK_WIDGET (self));
}
