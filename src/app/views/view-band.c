/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rubber band and lasso: several marks chosen at once, by pointer or by keys.  Shift and a drag
 * draw a band in every picture that has marks to choose; so does a plain drag where there is
 * nothing to pan.  What a drag does else is the document's drag-tool.
 */
#include "config.h"

#include "app/views/view-private.h"

#include "app/theme.h"

#include <math.h>

#define LASSO_STEP 3.0 /* points: a corner this near to the last one is left out */

struct _SemBand
{
  gboolean is_lasso;
  GArray *corners; /* SemPoint; of a band the first and the last are opposite ones */
  SemBox from;     /* a band begun by a key: the box of its first mark */
  gboolean by_key;
};

static void
band_free (SemBand *band)
{
  g_array_unref (band->corners);
  g_free (band);
}

static gboolean
can_enclose (SemView *self)
{
  SemLayout *layout = sem_view_get_layout (self);

  return sem_view_get_private (self)->document != NULL && layout != NULL
         && sem_layout_can_enclose (layout);
}

static SemBand *
begin (SemView *self, gboolean is_lasso)
{
  SemViewPrivate *priv = sem_view_get_private (self);

  sem_view_cancel_band (self);
  priv->band = g_new0 (SemBand, 1);
  priv->band->is_lasso = is_lasso;
  priv->band->corners = g_array_new (FALSE, FALSE, sizeof (SemPoint));
  return priv->band;
}

void
sem_view_cancel_band (SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);

  if (priv->band == NULL)
    return;
  g_clear_pointer (&priv->band, band_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The box between the first and the last corner. */
static SemBox
get_box (const SemBand *band)
{
  const SemPoint a = g_array_index (band->corners, SemPoint, 0),
                 b = g_array_index (band->corners, SemPoint, band->corners->len - 1);

  return (SemBox){ MIN (a.x, b.x), MIN (a.y, b.y), fabs (b.x - a.x), fabs (b.y - a.y) };
}

static void
enclose_box (SemView *self, const SemBox *box, GArray *units)
{
  const SemPoint corners[] = { { box->x, box->y },
                               { box->x + box->width, box->y },
                               { box->x + box->width, box->y + box->height },
                               { box->x, box->y + box->height } };

  sem_layout_enclose (sem_view_get_layout (self), corners, G_N_ELEMENTS (corners), units);
}

/* The document keeps each unit once, in the order they were chosen. */
static void
select_units (SemView *self, const GArray *units, gboolean add)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  g_autoptr (GArray) next = g_array_new (FALSE, FALSE, sizeof (gsize));
  SemFocus focus;

  sem_document_get_focus (priv->document, &focus);
  if (add && focus.n_selected > 0)
    g_array_append_vals (next, focus.selected, (guint)focus.n_selected);
  if (units->len > 0)
    g_array_append_vals (next, units->data, units->len);
  sem_document_set_selection (priv->document, (const gsize *)(gconstpointer)next->data, next->len);
}

void
sem_view_finish_band (SemView *self, gboolean add)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gsize));
  SemBand *band = g_steal_pointer (&priv->band);

  if (band == NULL)
    return;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (can_enclose (self) && band->corners->len >= 2)
    {
      if (band->is_lasso)
        sem_layout_enclose (sem_view_get_layout (self),
                            (const SemPoint *)(gconstpointer)band->corners->data,
                            band->corners->len, units);
      else
        {
          const SemBox box = get_box (band);

          enclose_box (self, &box, units);
        }
      select_units (self, units, add);
    }
  band_free (band);
}

/* --- keys
 * ----------------------------------------------------------------------------------------- */

static SemBox
join_boxes (const SemBox *a, const SemBox *b)
{
  const double left = MIN (a->x, b->x), top = MIN (a->y, b->y);

  return (SemBox){ left, top, MAX (a->x + a->width, b->x + b->width) - left,
                   MAX (a->y + a->height, b->y + b->height) - top };
}

static void
set_corners (SemBand *band, const SemBox *box)
{
  const SemPoint ends[] = { { box->x, box->y }, { box->x + box->width, box->y + box->height } };

  g_array_set_size (band->corners, 0);
  g_array_append_vals (band->corners, ends, G_N_ELEMENTS (ends));
}

gboolean
sem_view_begin_band_at_item (SemView *self, const SemItem *item)
{
  SemBox box;
  SemBand *band;

  if (!can_enclose (self) || !sem_layout_locate (sem_view_get_layout (self), item, &box))
    return FALSE;
  band = begin (self, FALSE);
  band->by_key = TRUE;
  band->from = box;
  set_corners (band, &box);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

void
sem_view_move_band_to_item (SemView *self, const SemItem *item)
{
  SemBand *band = sem_view_get_private (self)->band;
  SemBox box;

  if (band == NULL || !band->by_key || !can_enclose (self)
      || !sem_layout_locate (sem_view_get_layout (self), item, &box))
    return;
  box = join_boxes (&band->from, &box);
  set_corners (band, &box);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
sem_view_extend (SemView *self, const SemItem *from, const SemItem *to)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gsize));
  SemBox a, b;

  if (!can_enclose (self))
    return;
  if (to->kind != SEM_ITEM_PAIR)
    {
      if (from->kind == SEM_ITEM_UNIT)
        g_array_append_val (units, from->unit);
      g_array_append_val (units, to->unit);
      select_units (self, units, TRUE);
      return;
    }
  if (priv->anchor.kind == SEM_ITEM_NONE)
    priv->anchor = from->kind == SEM_ITEM_PAIR ? *from : *to;
  if (!sem_layout_locate (sem_view_get_layout (self), to, &b))
    return;
  if (!sem_layout_locate (sem_view_get_layout (self), &priv->anchor, &a))
    a = b; /* scrolled out: begin anew */
  a = join_boxes (&a, &b);
  a = (SemBox){ a.x + 0.5, a.y + 0.5, MAX (a.width - 1.0, 0.1), MAX (a.height - 1.0, 0.1) };
  enclose_box (self, &a, units);
  select_units (self, units, FALSE);
}

/* --- drag
 * ----------------------------------------------------------------------------------------- */

static gboolean
is_on_picture (SemView *self, double x, double y)
{
  SemBox plot;

  sem_layout_get_plot (sem_view_get_layout (self), x, y, &plot);
  return sem_box_contains (&plot, x, y);
}

/* Does this drag choose, and how? */
static gboolean
wants_band (SemView *self, GdkModifierType state, gboolean *is_lasso)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  const SemDragTool tool = sem_document_get_drag_tool (priv->document);

  *is_lasso = FALSE;
  if (tool == SEM_DRAG_MOVE && sem_view_can_turn (self))
    return (state & GDK_SHIFT_MASK) != 0;
  *is_lasso = tool == SEM_DRAG_LASSO && !(state & GDK_SHIFT_MASK);
  return tool != SEM_DRAG_MOVE || (state & GDK_SHIFT_MASK) || !sem_view_can_zoom (self)
         || SEM_VIEW_GET_CLASS (self)->get_viewport (self)->zoom <= 1.0;
}

static void
add_corner (SemBand *band, double x, double y)
{
  const SemPoint corner = { x, y };

  if (band->corners->len > 0)
    {
      const SemPoint last = g_array_index (band->corners, SemPoint, band->corners->len - 1);

      if (hypot (last.x - x, last.y - y) < LASSO_STEP)
        return;
    }
  g_array_append_val (band->corners, corner);
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  const GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  gboolean is_lasso;
  double x, y;

  if (priv->panning || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  if (priv->band == NULL)
    {
      if (priv->dragged || !gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int)dx, (int)dy)
          || !can_enclose (self) || !is_on_picture (self, x, y)
          || !wants_band (self, state, &is_lasso))
        return;
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      priv->dragged = TRUE;
      sem_document_clear_hover (priv->document);
      add_corner (begin (self, is_lasso), x, y);
    }
  if (priv->band->by_key)
    return;
  if (!priv->band->is_lasso)
    g_array_set_size (priv->band->corners, 1);
  add_corner (priv->band, x + dx, y + dy);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  const GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (priv->band != NULL && !priv->band->by_key)
    sem_view_finish_band (self, (state & GDK_CONTROL_MASK) != 0);
}

static void
cancel_cb (GtkGesture *gesture, GdkEventSequence *sequence, SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);

  if (priv->band != NULL && !priv->band->by_key)
    sem_view_cancel_band (self);
}

void
sem_view_init_band (SemView *self, GtkGesture *drag)
{
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (cancel_cb), self);
}

/* --- drawing
 * -------------------------------------------------------------------------------------- */

void
sem_view_snapshot_band (SemView *self, GtkSnapshot *snapshot)
{
  const SemBand *band = sem_view_get_private (self)->band;
  const SemTheme *theme = sem_app_get_theme ();
  SemBox box;
  graphene_rect_t bounds;
  cairo_t *cr;

  if (band == NULL || band->corners->len < 2)
    return;
  box = get_box (band);
  for (guint i = 0; i < band->corners->len && band->is_lasso; i++)
    {
      const SemPoint corner = g_array_index (band->corners, SemPoint, i);
      const SemBox one = { corner.x, corner.y, 0.0, 0.0 };

      box = join_boxes (&box, &one);
    }
  graphene_rect_init (&bounds, (float)floor (box.x) - 2, (float)floor (box.y) - 2,
                      (float)ceil (box.width) + 5, (float)ceil (box.height) + 5);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  if (band->is_lasso)
    for (guint i = 0; i < band->corners->len; i++)
      cairo_line_to (cr, g_array_index (band->corners, SemPoint, i).x,
                     g_array_index (band->corners, SemPoint, i).y);
  else
    cairo_rectangle (cr, floor (box.x) + 0.5, floor (box.y) + 0.5, ceil (box.width),
                     ceil (box.height));
  cairo_close_path (cr);
  sem_rgba_set_source (sem_rgba_with_alpha (theme->accent, 0.12), cr);
  cairo_fill_preserve (cr);
  sem_rgba_set_source (theme->accent, cr);
  cairo_set_line_width (cr, 1.0);
  cairo_stroke (cr);
  cairo_destroy (cr);
}
