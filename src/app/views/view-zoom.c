/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wheel, pinch, drag and keys that move the window a picture is seen through.  Everything is in
 * terms of the layout's plot, the box that the window fills: what is under the pointer, or between
 * the fingers, stays there. */
#include "config.h"

#include "app/views/view-private.h"

#include <math.h>

#define MAX_ZOOM 64.0
#define ZOOM_STEP 1.25
#define TURN_STEP 5.0      /* degrees, for a key */
#define TURN_PER_POINT 0.4 /* degrees, for a drag */
#define PAN_STEP 0.1       /* of the plot, for a key */
/* A flick glides on: the speed falls by this factor in a second; below MIN_SPEED it stops. */
#define FRICTION 0.01
#define MIN_SPEED 20.0
#define MIN_FLICK 150.0

gboolean
sem_view_can_zoom (SemView *self)
{
  return SEM_VIEW_GET_CLASS (self)->get_viewport != NULL
         && sem_view_get_private (self)->document != NULL;
}

gboolean
sem_view_can_turn (SemView *self)
{
  SemViewClass *klass = SEM_VIEW_GET_CLASS (self);

  return klass->turn != NULL && sem_view_get_private (self)->document != NULL
         && klass->turn (self, NAN, NAN);
}

static double
clamp_center (double center, double zoom)
{
  const double half = 0.5 / zoom;

  return CLAMP (center, half, 1.0 - half);
}

static void
set_viewport (SemView *self, double center_x, double center_y, double zoom)
{
  SemViewport viewport = { .zoom = CLAMP (zoom, 1.0, MAX_ZOOM) };

  viewport.center_x = clamp_center (center_x, viewport.zoom);
  viewport.center_y = clamp_center (center_y, viewport.zoom);
  SEM_VIEW_GET_CLASS (self)->set_viewport (self, &viewport);
}

/* The plot around a place; never empty. */
static SemBox
get_plot_at (SemView *self, double x, double y)
{
  SemLayout *layout = sem_view_get_layout (self);
  SemBox plot = { 0.0, 0.0, gtk_widget_get_width (GTK_WIDGET (self)),
                  gtk_widget_get_height (GTK_WIDGET (self)) };

  if (layout != NULL)
    sem_layout_get_plot (layout, x, y, &plot);
  plot.width = MAX (plot.width, 1.0);
  plot.height = MAX (plot.height, 1.0);
  return plot;
}

static SemBox
get_plot (SemView *self)
{
  return get_plot_at (self, -1.0, -1.0);
}

void
sem_view_reset_zoom (SemView *self)
{
  sem_view_stop_glide (self);
  if (sem_view_can_turn (self))
    SEM_VIEW_GET_CLASS (self)->turn (self, 0.0, 0.0);
  set_viewport (self, 0.5, 0.5, 1.0);
}

/* Zooms from a viewport so that what was at (x, y) is at (to_x, to_y) then. */
static void
zoom_about (SemView *self,
            const SemViewport *from,
            double factor,
            double x,
            double y,
            double to_x,
            double to_y)
{
  const SemBox plot = get_plot_at (self, x, y);
  const double zoom = CLAMP (from->zoom * factor, 1.0, MAX_ZOOM);

  sem_view_stop_glide (self);
  set_viewport (self,
                from->center_x + ((x - plot.x) / plot.width - 0.5) / from->zoom
                    - ((to_x - plot.x) / plot.width - 0.5) / zoom,
                from->center_y + ((y - plot.y) / plot.height - 0.5) / from->zoom
                    - ((to_y - plot.y) / plot.height - 0.5) / zoom,
                zoom);
}

void
sem_view_pan (SemView *self, const SemViewport *from, double dx, double dy)
{
  const SemBox plot = get_plot (self);

  set_viewport (self, from->center_x - dx / plot.width / from->zoom,
                from->center_y - dy / plot.height / from->zoom, from->zoom);
}

void
sem_view_reveal (SemView *self, const SemItem *item)
{
  SemLayout *layout = sem_view_get_layout (self);
  SemViewport view;
  double u, v, reach;

  if (!sem_view_can_zoom (self) || layout == NULL || !sem_layout_place (layout, item, &u, &v))
    return;
  view = *SEM_VIEW_GET_CLASS (self)->get_viewport (self);
  reach = 0.45 / view.zoom; /* a little room to the edge */
  if (view.zoom <= 1.0 || (fabs (u - view.center_x) <= reach && fabs (v - view.center_y) <= reach))
    return;
  sem_view_stop_glide (self);
  set_viewport (self, CLAMP (view.center_x, u - reach, u + reach),
                CLAMP (view.center_y, v - reach, v + reach), view.zoom);
}

/* --- wheel and keys
 * ------------------------------------------------------------------------------- */

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  const SemViewport *viewport;

  if (!sem_view_can_zoom (self) || dy == 0.0)
    return GDK_EVENT_PROPAGATE;
  viewport = SEM_VIEW_GET_CLASS (self)->get_viewport (self);
  if (dy > 0 && viewport->zoom <= 1.0)
    return GDK_EVENT_PROPAGATE; /* nothing to zoom out of: the page around may scroll */
  zoom_about (self, viewport, pow (ZOOM_STEP, -dy), priv->pointer_x, priv->pointer_y,
              priv->pointer_x, priv->pointer_y);
  return GDK_EVENT_STOP;
}

/* Ctrl and an arrow pan; a picture that shows everything has nowhere to go. */
static gboolean
pan_key (SemView *self, guint keyval)
{
  const SemViewport *viewport = SEM_VIEW_GET_CLASS (self)->get_viewport (self);
  const SemBox plot = get_plot (self);
  const int dx = (keyval == GDK_KEY_Left) - (keyval == GDK_KEY_Right);
  const int dy = (keyval == GDK_KEY_Up) - (keyval == GDK_KEY_Down);

  if ((dx == 0 && dy == 0) || viewport->zoom <= 1.0)
    return FALSE;
  sem_view_stop_glide (self);
  sem_view_pan (self, viewport, dx * PAN_STEP * plot.width, dy * PAN_STEP * plot.height);
  return TRUE;
}

static gboolean
turn_key (SemView *self, guint keyval)
{
  const int dx = (keyval == GDK_KEY_Right) - (keyval == GDK_KEY_Left);
  const int dy = (keyval == GDK_KEY_Up) - (keyval == GDK_KEY_Down);

  return (dx != 0 || dy != 0) && sem_view_can_turn (self)
         && SEM_VIEW_GET_CLASS (self)->turn (self, TURN_STEP * dx, TURN_STEP * dy);
}

/* Keys zoom about the mark that is pointed at, else about the middle. */
static void
zoom_by_key (SemView *self, double factor)
{
  SemLayout *layout = sem_view_get_layout (self);
  const SemBox plot = get_plot (self);
  double x = plot.x + plot.width / 2.0, y = plot.y + plot.height / 2.0;
  SemFocus focus;
  SemBox box;

  sem_document_get_focus (sem_view_get_private (self)->document, &focus);
  if (layout != NULL && sem_layout_locate (layout, &focus.hover, &box)
      && sem_box_contains (&plot, box.x + box.width / 2.0, box.y + box.height / 2.0))
    {
      x = box.x + box.width / 2.0;
      y = box.y + box.height / 2.0;
    }
  zoom_about (self, SEM_VIEW_GET_CLASS (self)->get_viewport (self), factor, x, y, x, y);
}

gboolean
sem_view_zoom_key (SemView *self, guint keyval, GdkModifierType state)
{
  if (!sem_view_can_zoom (self))
    return FALSE;
  if (state & GDK_ALT_MASK)
    return turn_key (self, keyval);
  if (state & GDK_CONTROL_MASK)
    return pan_key (self, keyval);
  switch (keyval)
    {
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      sem_view_reset_zoom (self);
      return TRUE;
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      zoom_by_key (self, ZOOM_STEP);
      return TRUE;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      zoom_by_key (self, 1.0 / ZOOM_STEP);
      return TRUE;
    default:
      return FALSE;
    }
}

/* --- pinch
 * ---------------------------------------------------------------------------------------- */

static void
pinch_begin_cb (GtkGesture *gesture, GdkEventSequence *sequence, SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);

  if (!sem_view_can_zoom (self))
    return;
  priv->drag_start = *SEM_VIEW_GET_CLASS (self)->get_viewport (self);
  priv->panning = FALSE; /* the first finger's drag is a part of the pinch now */
  priv->dragged = TRUE;
  sem_view_cancel_band (self);
  gtk_gesture_get_bounding_box_center (gesture, &priv->pinch_x, &priv->pinch_y);
}

static void
pinch_cb (GtkGestureZoom *gesture, double scale, SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  double x, y;

  if (sem_view_can_zoom (self)
      && gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    zoom_about (self, &priv->drag_start, scale, priv->pinch_x, priv->pinch_y, x, y);
}

/* --- drag and what follows a flick
 * ---------------------------------------------------------------- */

void
sem_view_stop_glide (SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);

  if (priv->glide_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), priv->glide_id);
  priv->glide_id = 0;
}

static gboolean
glide_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  SemView *self = SEM_VIEW (widget);
  SemViewPrivate *priv = sem_view_get_private (self);
  const gint64 now = gdk_frame_clock_get_frame_time (clock);
  const double seconds = MIN ((double)(now - priv->glide_time) / G_USEC_PER_SEC, 0.1);
  const double slower = pow (FRICTION, seconds);
  SemViewport before;

  priv->glide_time = now;
  if (!sem_view_can_zoom (self))
    {
      priv->glide_id = 0;
      return G_SOURCE_REMOVE;
    }
  before = *SEM_VIEW_GET_CLASS (self)->get_viewport (self);
  sem_view_pan (self, &before, priv->speed_x * seconds, priv->speed_y * seconds);
  priv->speed_x *= slower;
  priv->speed_y *= slower;
  if (hypot (priv->speed_x, priv->speed_y) >= MIN_SPEED)
    return G_SOURCE_CONTINUE;
  priv->glide_id = 0;
  return G_SOURCE_REMOVE;
}

static void
swipe_cb (GtkGestureSwipe *gesture, double speed_x, double speed_y, SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));
  gboolean animated = TRUE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animated,
                NULL);
  if (!priv->dragged || priv->band != NULL || !sem_view_can_zoom (self) || sem_view_can_turn (self)
      || !animated || clock == NULL || priv->drag_start.zoom <= 1.0
      || hypot (speed_x, speed_y) < MIN_FLICK)
    return;
  sem_view_stop_glide (self);
  priv->speed_x = speed_x;
  priv->speed_y = speed_y;
  priv->glide_time = gdk_frame_clock_get_frame_time (clock);
  priv->glide_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), glide_cb, NULL, NULL);
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);

  priv->panning = FALSE;
  priv->turned_x = priv->turned_y = 0.0;
  if (sem_view_can_zoom (self))
    priv->drag_start = *SEM_VIEW_GET_CLASS (self)->get_viewport (self);
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);

  const gboolean turns = sem_view_can_turn (self);

  if (!sem_view_can_zoom (self) || priv->band != NULL || (!turns && priv->drag_start.zoom <= 1.0)
      || (priv->dragged && !priv->panning))
    return;
  if (!priv->panning && !gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int)dx, (int)dy))
    return;
  if (!priv->panning)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  priv->panning = priv->dragged = TRUE;
  if (!turns)
    {
      sem_view_pan (self, &priv->drag_start, dx, dy);
      return;
    }
  if (dx == priv->turned_x && dy == priv->turned_y)
    return; /* two zeros would look from the front */
  SEM_VIEW_GET_CLASS (self)->turn (self, TURN_PER_POINT * (dx - priv->turned_x),
                                   TURN_PER_POINT * (priv->turned_y - dy));
  priv->turned_x = dx;
  priv->turned_y = dy;
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, SemView *self)
{
  sem_view_get_private (self)->panning = FALSE;
}

void
sem_view_init_zoom (SemView *self, GtkGesture *drag)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *scroll
      = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkGesture *swipe = gtk_gesture_swipe_new ();

  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (widget, scroll);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
  g_signal_connect (swipe, "swipe", G_CALLBACK (swipe_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (swipe));
  gtk_gesture_group (swipe, drag);
}
