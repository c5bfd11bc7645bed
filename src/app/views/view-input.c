/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pointer, keys, tooltip and context menu of every picture; zooming and panning are in view-zoom.c,
 * rubber band and lasso in view-band.c.
 *
 * GTK repeats the last motion after each relayout - a new text in the strip is enough - so a
 * position that has not changed is ignored; else the keyboard's cursor would jump back under a
 * resting pointer. */
#include "config.h"

#include "app/compat.h"
#include "app/views/view-private.h"

#include "doc/describe.h"

#include <glib/gi18n.h>

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

  if (priv->document == NULL || priv->panning || priv->band != NULL
      || SEM_VIEW_GET_CLASS (self)->choose != NULL
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
  else if (item->kind == SEM_ITEM_COMPONENT)
    sem_document_set_component (document, (state & GDK_SHIFT_MASK) ? 1 : 0, item->dimension);
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

  if (priv->document == NULL || priv->dragged)
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
  sem_view_get_private (self)->dragged = FALSE;
  sem_view_stop_glide (self);
  if (n_press == 2 && sem_view_can_zoom (self))
    {
      SemItem item;

      pick_at (self, x, y, &item);
      if (item.kind == SEM_ITEM_NONE)
        sem_view_reset_zoom (self);
    }
}

/* --- keys ----------------------------------------------------------------------------------------
 */

static void
step (SemView *self, int dx, int dy, gboolean extend)
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
  if (to.kind == SEM_ITEM_NONE)
    return;
  sem_view_reveal (self, &to);
  sem_document_set_hover (priv->document, &to);
  if (priv->band != NULL)
    sem_view_move_band_to_item (self, &to);
  else if (extend)
    sem_view_extend (self, &from, &to);
  else
    priv->anchor = (SemItem)SEM_ITEM_INIT;
}

static void
clear (SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);

  if (priv->band != NULL)
    {
      sem_view_cancel_band (self);
      return;
    }
  priv->anchor = (SemItem)SEM_ITEM_INIT;
  sem_document_clear_hover (priv->document);
  sem_document_clear_selection (priv->document);
}

static void
choose_by_key (SemView *self, GdkModifierType state)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  SemFocus focus;

  sem_document_get_focus (priv->document, &focus);
  if (priv->band != NULL)
    sem_view_finish_band (self, (state & GDK_CONTROL_MASK) != 0);
  else if (focus.hover.kind != SEM_ITEM_NONE)
    choose (self, &focus.hover, state);
}

/* B: a band from the mark that is pointed at; the arrows draw it. */
static gboolean
begin_band (SemView *self, GdkModifierType state)
{
  SemFocus focus;

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  sem_document_get_focus (sem_view_get_private (self)->document, &focus);
  return sem_view_begin_band_at_item (self, &focus.hover);
}

static gboolean
arrow_key (SemView *self, guint keyval, GdkModifierType state)
{
  const int dx = (keyval == GDK_KEY_Right) - (keyval == GDK_KEY_Left);
  const int dy = (keyval == GDK_KEY_Down) - (keyval == GDK_KEY_Up);

  if (dx == 0 && dy == 0)
    return FALSE;
  step (self, dx, dy, (state & GDK_SHIFT_MASK) != 0);
  return TRUE;
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);

  if (priv->document == NULL)
    return GDK_EVENT_PROPAGATE;
  if (SEM_VIEW_GET_CLASS (self)->press_key != NULL && !(state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
      && SEM_VIEW_GET_CLASS (self)->press_key (self, keyval))
    return GDK_EVENT_STOP;
  if (SEM_VIEW_GET_CLASS (self)->choose != NULL)
    return GDK_EVENT_PROPAGATE;
  if (sem_view_zoom_key (self, keyval, state) || arrow_key (self, keyval, state))
    return GDK_EVENT_STOP;
  switch (keyval)
    {
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      choose_by_key (self, state);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      clear (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_b:
    case GDK_KEY_B:
      return begin_band (self, state);
    case GDK_KEY_a:
    case GDK_KEY_A:
      if (!(state & GDK_CONTROL_MASK))
        return GDK_EVENT_PROPAGATE;
      gtk_widget_activate_action (GTK_WIDGET (self), "win.select-all", NULL);
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
  g_autofree char *short_sentence = NULL;
  g_autofree char *names = NULL;
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
      description = sem_description_new_for_item_in (priv->document, &item);
      g_clear_pointer (&description->details,
                       g_free); /* the strip has room for them, the picture has not */
      names = sem_describe_long_names (sem_document_get_analysis (priv->document), &item);
      short_sentence = sem_description_dup_sentence (description);
      sentence = names == NULL ? g_steal_pointer (&short_sentence)
                               : g_strconcat (names, "\n", short_sentence, NULL);
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
  g_menu_append (menu, _ ("Map _coloured by its cosines"), "win.color-by-this");
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

      priv->menu = sem_compat_new_menu (model);
      gtk_widget_set_parent (priv->menu, GTK_WIDGET (self));
      gtk_popover_set_has_arrow (GTK_POPOVER (priv->menu), FALSE);
      gtk_widget_set_halign (priv->menu, GTK_ALIGN_START);
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (priv->menu), &area);
  gtk_popover_popup (GTK_POPOVER (priv->menu));
}

/* Not before the button is up: a release that the popover gets has no press there, which GTK warns
 * of. */
static void
menu_released_cb (GtkGestureClick *gesture, int n_press, double x, double y, SemView *self)
{
  popup_menu (self, x, y);
}

/* A finger has no second button. */
static void
long_pressed_cb (GtkGestureLongPress *gesture, double x, double y, SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  SemItem item;

  if (priv->document == NULL || SEM_VIEW_GET_CLASS (self)->choose != NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  pick_at (self, x, y, &item);
  sem_document_set_hover (priv->document, &item);
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
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *menu = gtk_gesture_click_new ();
  GtkGesture *hold = gtk_gesture_long_press_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, motion);
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (widget, key);
  add_shortcut (self, shortcuts, "Menu");
  add_shortcut (self, shortcuts, "<Shift>F10");
  gtk_widget_add_controller (widget, shortcuts);

  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect (menu, "released", G_CALLBACK (menu_released_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (menu));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (hold), TRUE);
  g_signal_connect (hold, "pressed", G_CALLBACK (long_pressed_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (hold));
  /* The band asks first: what it takes does not pan. */
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_gesture_group (drag, click);
  sem_view_init_band (self, drag);
  sem_view_init_zoom (self, drag);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}
