/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pointer, wheel, keys, tooltip and context menu of every picture.
 *
 * GTK repeats the last motion after each relayout - a new text in the strip is enough - so a
 * position that has not changed is ignored; else the keyboard's cursor would jump back under a
 * resting pointer. */
#include "config.h"

#include "app/views/view-private.h"

#include "doc/describe.h"

#include <glib/gi18n.h>
#include <math.h>

#define MAX_ZOOM 64.0
#define ZOOM_STEP 1.25

/* --- zoom ----------------------------------------------------------------------------------------
 */

static gboolean
can_zoom (SemView *self)
{
  return SEM_VIEW_GET_CLASS (self)->get_viewport != NULL
         && sem_view_get_private (self)->document != NULL;
}

static double
clamp_center (double center, double zoom)
{
  double half = 0.5 / zoom;

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

/* Zooms so that what is at the widget's place (x, y) stays there. */
static void
zoom_about (SemView *self, double factor, double x, double y)
{
  const SemViewport *old = SEM_VIEW_GET_CLASS (self)->get_viewport (self);
  double u = x / MAX (1, gtk_widget_get_width (GTK_WIDGET (self))) - 0.5;
  double v = y / MAX (1, gtk_widget_get_height (GTK_WIDGET (self))) - 0.5;
  double zoom = CLAMP (old->zoom * factor, 1.0, MAX_ZOOM);

  set_viewport (self, old->center_x + u / old->zoom - u / zoom,
                old->center_y + v / old->zoom - v / zoom, zoom);
}

static void
zoom_about_middle (SemView *self, double factor)
{
  zoom_about (self, factor, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
              gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  const SemViewport *viewport;

  if (!can_zoom (self) || dy == 0.0)
    return GDK_EVENT_PROPAGATE;
  viewport = SEM_VIEW_GET_CLASS (self)->get_viewport (self);
  if (dy > 0 && viewport->zoom <= 1.0)
    return GDK_EVENT_PROPAGATE; /* nothing to zoom out of: the page around may scroll */
  zoom_about (self, pow (ZOOM_STEP, -dy), priv->pointer_x, priv->pointer_y);
  return GDK_EVENT_STOP;
}

static void
pinch_begin_cb (GtkGesture *gesture, GdkEventSequence *sequence, SemView *self)
{
  if (can_zoom (self))
    sem_view_get_private (self)->drag_start = *SEM_VIEW_GET_CLASS (self)->get_viewport (self);
}

static void
pinch_cb (GtkGestureZoom *gesture, double scale, SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  double x, y;

  if (!can_zoom (self) || !gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    return;
  SEM_VIEW_GET_CLASS (self)->set_viewport (self, &priv->drag_start);
  zoom_about (self, scale, x, y);
}

/* --- pointer -------------------------------------------------------------------------------------
 */

static void
pick_at (SemView *self, double x, double y, SemItem *item)
{
  SemLayout *layout = sem_view_get_layout (self);
  static const SemItem none = SEM_ITEM_INIT;

  *item = none;
  if (layout != NULL)
    sem_layout_pick (layout, x, y, item);
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  SemItem item;

  if (priv->document == NULL || priv->dragging || SEM_VIEW_GET_CLASS (self)->choose != NULL
      || (priv->has_pointer && x == priv->pointer_x && y == priv->pointer_y))
    return;
  priv->has_pointer = TRUE;
  priv->pointer_x = x;
  priv->pointer_y = y;
  pick_at (self, x, y, &item);
  sem_document_set_hover (priv->document, &item);
}

static void
leave_cb (GtkEventControllerMotion *controller, SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);

  priv->has_pointer = FALSE;
  if (SEM_VIEW_GET_CLASS (self)->choose != NULL)
    return;
  if (priv->document != NULL && !(priv->menu != NULL && gtk_widget_get_visible (priv->menu)))
    sem_document_clear_hover (priv->document);
}

static void
choose (SemView *self, const SemItem *item, GdkModifierType state)
{
  SemDocument *document = sem_view_get_private (self)->document;

  if (item->kind == SEM_ITEM_NONE)
    sem_document_clear_selection (document);
  else if (state & GDK_CONTROL_MASK)
    sem_document_toggle_item (document, item);
  else if (state & GDK_SHIFT_MASK)
    sem_document_extend_to_item (document, item);
  else
    sem_document_select_item (document, item);
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  SemItem item;

  if (priv->document == NULL || priv->dragging)
    return;
  pick_at (self, x, y, &item);
  if (SEM_VIEW_GET_CLASS (self)->choose != NULL)
    {
      SEM_VIEW_GET_CLASS (self)->choose (self, &item);
      return;
    }
  choose (self, &item,
          gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture)));
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, SemView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n_press == 2 && can_zoom (self) && sem_view_get_private (self)->document != NULL)
    {
      SemItem item;

      pick_at (self, x, y, &item);
      if (item.kind == SEM_ITEM_NONE)
        set_viewport (self, 0.5, 0.5, 1.0);
    }
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, SemView *self)
{
  pinch_begin_cb (GTK_GESTURE (gesture), NULL, self);
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  GtkWidget *widget = GTK_WIDGET (self);

  if (!can_zoom (self) || priv->drag_start.zoom <= 1.0)
    return;
  if (!priv->dragging && !gtk_drag_check_threshold (widget, 0, 0, (int)dx, (int)dy))
    return;
  priv->dragging = TRUE;
  set_viewport (
      self, priv->drag_start.center_x - dx / gtk_widget_get_width (widget) / priv->drag_start.zoom,
      priv->drag_start.center_y - dy / gtk_widget_get_height (widget) / priv->drag_start.zoom,
      priv->drag_start.zoom);
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);

  if (priv->dragging)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  priv->dragging = FALSE;
}

/* --- keys ----------------------------------------------------------------------------------------
 */

static void
step (SemView *self, int dx, int dy)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  SemLayout *layout = sem_view_get_layout (self);
  SemFocus focus;
  SemItem from, to = SEM_ITEM_INIT;

  if (layout == NULL)
    return;
  sem_document_get_focus (priv->document, &focus);
  from = focus.hover;
  if (from.kind == SEM_ITEM_NONE && focus.n_selected > 0)
    {
      from.kind = SEM_ITEM_UNIT;
      from.unit = focus.selected[focus.n_selected - 1];
    }
  sem_layout_step (layout, &from, dx, dy, &to);
  if (to.kind != SEM_ITEM_NONE)
    sem_document_set_hover (priv->document, &to);
}

static void
clear (SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);

  sem_document_clear_hover (priv->document);
  sem_document_clear_selection (priv->document);
}

static void
zoom_key (SemView *self, guint keyval)
{
  if (keyval == GDK_KEY_0 || keyval == GDK_KEY_KP_0)
    set_viewport (self, 0.5, 0.5, 1.0);
  else
    zoom_about_middle (self, keyval == GDK_KEY_minus || keyval == GDK_KEY_KP_Subtract
                                 ? 1.0 / ZOOM_STEP
                                 : ZOOM_STEP);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  SemFocus focus;

  if (priv->document == NULL)
    return GDK_EVENT_PROPAGATE;
  if (SEM_VIEW_GET_CLASS (self)->press_key != NULL && !(state & (GDK_CONTROL_MASK | GDK_ALT_MASK)))
    return SEM_VIEW_GET_CLASS (self)->press_key (self, keyval);
  switch (keyval)
    {
    case GDK_KEY_Left:
      step (self, -1, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
      step (self, 1, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
      step (self, 0, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Down:
      step (self, 0, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      sem_document_get_focus (priv->document, &focus);
      if (focus.hover.kind != SEM_ITEM_NONE)
        choose (self, &focus.hover, state);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      clear (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_minus:
    case GDK_KEY_0:
    case GDK_KEY_KP_Add:
    case GDK_KEY_KP_Subtract:
    case GDK_KEY_KP_0:
      if (!can_zoom (self) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)))
        return GDK_EVENT_PROPAGATE;
      zoom_key (self, keyval);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* --- tooltip and context menu
 * --------------------------------------------------------------------- */

static gboolean
query_tooltip_cb (SemView *self,
                  int x,
                  int y,
                  gboolean keyboard,
                  GtkTooltip *tooltip,
                  gpointer data)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  g_autoptr (SemDescription) description = NULL;
  g_autofree char *sentence = NULL;
  SemItem item;
  SemBox box;

  if (keyboard || priv->layout == NULL || priv->document == NULL)
    return FALSE;
  pick_at (self, x, y, &item);
  if (item.kind == SEM_ITEM_NONE)
    return FALSE;
  if (SEM_VIEW_GET_CLASS (self)->dup_description != NULL)
    sentence = SEM_VIEW_GET_CLASS (self)->dup_description (self, &item);
  else
    {
      description
          = sem_description_new_for_item (sem_document_get_analysis (priv->document), &item);
      g_clear_pointer (&description->details,
                       g_free); /* the strip has room for them, the picture has not */
      sentence = sem_description_dup_sentence (description);
    }
  gtk_tooltip_set_text (tooltip, sentence);
  if (sem_layout_locate (priv->layout, &item, &box))
    {
      GdkRectangle area
          = { (int)box.x, (int)box.y, MAX (1, (int)box.width), MAX (1, (int)box.height) };

      gtk_tooltip_set_tip_area (tooltip, &area);
    }
  return TRUE;
}

static GMenuModel *
new_context_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) second = g_menu_new ();

  g_menu_append (menu, _ ("Show the _sum"), "win.show-sum");
  g_menu_append (menu, _ ("_Order by this"), "win.order-by-this");
  g_menu_append (menu, _ ("_Clear selection"), "win.clear-selection");
  g_menu_append (second, _ ("Co_py picture"), "win.copy-picture");
  g_menu_append (second, _ ("_Export picture…"), "win.export");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (second));
  return G_MENU_MODEL (menu);
}

static void
popup_menu (SemView *self, double x, double y)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  GdkRectangle area = { (int)x, (int)y, 1, 1 };

  if (SEM_VIEW_GET_CLASS (self)->choose != NULL)
    return;
  if (priv->menu == NULL)
    {
      g_autoptr (GMenuModel) model = new_context_menu ();

      priv->menu = gtk_popover_menu_new_from_model (model);
      gtk_widget_set_parent (priv->menu, GTK_WIDGET (self));
      gtk_popover_set_has_arrow (GTK_POPOVER (priv->menu), FALSE);
      gtk_widget_set_halign (priv->menu, GTK_ALIGN_START);
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (priv->menu), &area);
  gtk_popover_popup (GTK_POPOVER (priv->menu));
}

static void
menu_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, SemView *self)
{
  popup_menu (self, x, y);
}

static gboolean
menu_key_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  SemView *self = SEM_VIEW (widget);
  SemViewPrivate *priv = sem_view_get_private (self);
  SemFocus focus;
  SemBox box = { gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0, 0, 0 };

  if (priv->document == NULL)
    return FALSE;
  sem_document_get_focus (priv->document, &focus);
  if (priv->layout != NULL && focus.hover.kind != SEM_ITEM_NONE)
    sem_layout_locate (priv->layout, &focus.hover, &box);
  popup_menu (self, box.x + box.width / 2, box.y + box.height);
  return TRUE;
}

static void
add_shortcut (SemView *self, GtkEventController *controller, const char *trigger)
{
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                        gtk_callback_action_new (menu_key_cb, NULL, NULL)));
}

void
sem_view_init_input (SemView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll
      = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *menu = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, motion);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (widget, scroll);
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (widget, key);
  add_shortcut (self, shortcuts, "Menu");
  add_shortcut (self, shortcuts, "<Shift>F10");
  gtk_widget_add_controller (widget, shortcuts);

  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect (menu, "pressed", G_CALLBACK (menu_pressed_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (menu));
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_gesture_group (drag, click);
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}
