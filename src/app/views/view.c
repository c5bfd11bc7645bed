/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layout, cache and drawing of a picture; what people do to it is in view-input.c.
 *
 * The base picture is drawn into an image once and kept as one render node: GTK skips a node it has
 * already drawn, so moving the pointer repaints the overlay alone (BENCH: an unchanged node costs
 * 0.1 ms, a redrawn one 8 ms). */
#include "config.h"

#include "app/views/view-private.h"

#include "app/theme.h"
#include "doc/describe.h"

#include <math.h>
#include <string.h>

enum
{
  PROP_0,
  PROP_DOCUMENT,
  PROP_COMPARES,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SemView, sem_view, GTK_TYPE_WIDGET)

SemViewPrivate *
sem_view_get_private (SemView *self)
{
  return sem_view_get_instance_private (self);
}

void
sem_view_invalidate (SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);

  priv->layout_stale = TRUE;
  g_clear_pointer (&priv->measured, sem_layout_unref);
  if (SEM_VIEW_GET_CLASS (self)->fits_content)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

SemComparison *
sem_view_get_comparison (SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);

  return priv->compares && priv->document != NULL ? sem_document_get_comparison (priv->document)
                                                  : NULL;
}

static SemLayout *
make_layout (SemView *self, int width, int height, SemLayout *previous)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  SemLayoutInput input = {
    .analysis = sem_document_get_analysis (priv->document),
    .comparison = sem_view_get_comparison (self),
    .options = sem_document_get_view_options (priv->document),
    .theme = sem_app_get_theme (),
    .text = sem_app_get_text_context (),
    .width = width,
    .height = height,
    .scale = gtk_widget_get_scale_factor (GTK_WIDGET (self)),
    .is_live = TRUE,
    .previous = previous,
  };
  SemFocus focus;

  sem_document_get_focus (priv->document, &focus);
  return SEM_VIEW_GET_CLASS (self)->make_layout (self, &input, &focus);
}

static gboolean
can_make_layout (SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);

  return priv->document != NULL && sem_document_get_analysis (priv->document) != NULL;
}

SemLayout *
sem_view_get_layout (SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  const SemTheme *theme = sem_app_get_theme ();
  g_autoptr (SemLayout) previous = NULL;
  gboolean was_painted = priv->base != NULL;

  if (!can_make_layout (self) || width <= 0 || height <= 0)
    return NULL;
  if (priv->layout != NULL && !priv->layout_stale && priv->layout_width == width
      && priv->layout_height == height && priv->layout_scale == scale && priv->theme == theme)
    return priv->layout;

  /* While panning and zooming most of a picture is taken over from the one before. */
  previous = g_steal_pointer (&priv->layout);
  g_clear_pointer (&priv->base, gsk_render_node_unref);
  if (priv->measured != NULL && priv->measured_width == width && priv->measured->content_height > 0)
    priv->layout = g_steal_pointer (&priv->measured);
  else
    priv->layout = make_layout (self, width, height, previous);
  priv->has_change = was_painted && priv->layout_width == width && priv->layout_scale == scale
                     && sem_layout_find_change (priv->layout, previous, &priv->change);
  priv->layout_width = width;
  priv->layout_height = height;
  priv->layout_scale = scale;
  priv->theme = theme;
  priv->layout_stale = FALSE;
  return priv->layout;
}

gboolean
sem_view_is_drawn (SemView *self)
{
  return sem_view_get_private (self)->drawn;
}

/* --- drawing -------------------------------------------------------------------------------------
 */

/* The overlay as a node no larger than its ink, so that the frame repaints little. */
static void
append_overlay (GtkSnapshot *snapshot,
                SemLayout *layout,
                const SemFocus *focus,
                int width,
                int height)
{
  cairo_surface_t *record;
  graphene_rect_t bounds, all = GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height);
  double x, y, w, h;
  cairo_t *cr;

  if (focus->hover.kind == SEM_ITEM_NONE && focus->n_selected == 0)
    return;
  record = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cr = cairo_create (record);
  sem_layout_draw_overlay (layout, focus, cr);
  cairo_destroy (cr);
  cairo_recording_surface_ink_extents (record, &x, &y, &w, &h);
  graphene_rect_init (&bounds, (float)floor (x) - 1, (float)floor (y) - 1, (float)ceil (w) + 3,
                      (float)ceil (h) + 3);
  if (w > 0 && h > 0 && graphene_rect_intersection (&bounds, &all, &bounds))
    {
      cr = gtk_snapshot_append_cairo (snapshot, &bounds);
      cairo_set_source_surface (cr, record, 0, 0);
      cairo_paint (cr);
      cairo_destroy (cr);
    }
  cairo_surface_destroy (record);
}

static void
sem_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SemView *self = SEM_VIEW (widget);
  SemViewPrivate *priv = sem_view_get_private (self);
  SemLayout *layout = sem_view_get_layout (self);
  SemFocus focus;

  if (layout == NULL)
    return;
  if (priv->base == NULL)
    priv->base = sem_painter_paint (priv->painter, layout, priv->has_change ? &priv->change : NULL,
                                    priv->layout_width, priv->layout_height, priv->layout_scale);
  gtk_snapshot_append_node (snapshot, priv->base);
  sem_document_get_focus (priv->document, &focus);
  append_overlay (snapshot, layout, &focus, priv->layout_width, priv->layout_height);
  sem_view_snapshot_band (self, snapshot);
  priv->drawn = TRUE;
}

/* --- size ----------------------------------------------------------------------------------------
 */

static int
measure_height (SemView *self, int width)
{
  SemViewPrivate *priv = sem_view_get_private (self);

  if (!can_make_layout (self) || width <= 0)
    return 0;
  if (priv->layout != NULL && !priv->layout_stale && priv->layout_width == width)
    return (int)ceil (priv->layout->content_height);
  if (priv->measured == NULL || priv->measured_width != width)
    {
      g_clear_pointer (&priv->measured, sem_layout_unref);
      priv->measured = make_layout (self, width, 1, NULL);
      priv->measured_width = width;
    }
  return (int)ceil (priv->measured->content_height);
}

static GtkSizeRequestMode
sem_view_get_request_mode (GtkWidget *widget)
{
  return SEM_VIEW_GET_CLASS (widget)->fits_content ? GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH
                                                   : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
sem_view_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  *minimum_baseline = *natural_baseline = -1;
  *minimum = 120;
  *natural = 320;
  if (SEM_VIEW_GET_CLASS (widget)->fits_content && orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = MAX (44, measure_height (SEM_VIEW (widget), for_size));
}

/* --- following the document ----------------------------------------------------------------------
 */

void
sem_view_update_description (SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  SemViewClass *klass = SEM_VIEW_GET_CLASS (self);
  g_autofree char *content = klass->dup_description != NULL ? klass->dup_description (self, NULL)
                                                            : sem_describe_content (priv->document);
  SemComparison *comparison = sem_view_get_comparison (self);

  if (comparison != NULL && klass->dup_comparison != NULL)
    {
      g_autofree char *alone = g_steal_pointer (&content);
      g_autofree char *two = klass->dup_comparison (self, comparison);

      content = g_strdup_printf ("%s; %s", alone, two);
    }

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  content, -1);
}

/* Remembers the options this picture reads; TRUE when they differ from the last ones. */
static gboolean
update_options (SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);
  SemViewOptions options = *sem_document_get_view_options (priv->document);
  gboolean differ;

  if (SEM_VIEW_GET_CLASS (self)->mask_options != NULL)
    SEM_VIEW_GET_CLASS (self)->mask_options (&options);
  differ = memcmp (&options, &priv->options, sizeof options) != 0;
  memcpy (&priv->options, &options, sizeof options);
  return differ;
}

static void
changed_cb (SemDocument *document, guint flags, SemView *self)
{
  SemViewPrivate *priv = sem_view_get_private (self);

  if ((flags & SEM_VIEW_GET_CLASS (self)->invalidated_by)
      || ((flags & SEM_CHANGED_VIEW) && update_options (self)))
    sem_view_invalidate (self);
  else if (flags & (SEM_CHANGED_HOVER | SEM_CHANGED_SELECTION))
    gtk_widget_queue_draw (GTK_WIDGET (self));
  if (flags & SEM_CHANGED_ANALYSIS)
    {
      sem_view_cancel_band (self); /* what it would hold is gone */
      priv->anchor = (SemItem)SEM_ITEM_INIT;
      priv->has_pointer = FALSE; /* another thing may be under the resting pointer now */
    }
  if (flags & (SEM_CHANGED_ANALYSIS | SEM_CHANGED_SELECTION))
    sem_view_update_description (self);
}

void
sem_view_set_document (SemView *self, SemDocument *document)
{
  SemViewPrivate *priv = sem_view_get_private (self);

  if (priv->document == document)
    return;
  if (priv->document != NULL)
    g_signal_handlers_disconnect_by_data (priv->document, self);
  g_set_object (&priv->document, document);
  if (document != NULL)
    {
      g_signal_connect_object (document, "changed", G_CALLBACK (changed_cb), self, 0);
      sem_view_update_description (self);
    }
  sem_view_invalidate (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

SemDocument *
sem_view_get_document (SemView *self)
{
  return sem_view_get_private (self)->document;
}

static void
theme_changed_cb (SemView *self)
{
  sem_view_invalidate (self);
}

/* --- object --------------------------------------------------------------------------------------
 */

static void
sem_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_DOCUMENT)
    g_value_set_object (value, sem_view_get_document (SEM_VIEW (object)));
  else if (id == PROP_COMPARES)
    g_value_set_boolean (value, sem_view_get_private (SEM_VIEW (object))->compares);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sem_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_DOCUMENT)
    sem_view_set_document (SEM_VIEW (object), g_value_get_object (value));
  else if (id == PROP_COMPARES)
    {
      SemViewPrivate *priv = sem_view_get_private (SEM_VIEW (object));

      if (priv->compares == g_value_get_boolean (value))
        return;
      priv->compares = g_value_get_boolean (value);
      sem_view_invalidate (SEM_VIEW (object));
      g_object_notify_by_pspec (object, pspec);
    }
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sem_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SemViewPrivate *priv = sem_view_get_private (SEM_VIEW (widget));

  if (priv->menu != NULL)
    gtk_popover_present (GTK_POPOVER (priv->menu));
}

static void
sem_view_unmap (GtkWidget *widget)
{
  SemViewPrivate *priv = sem_view_get_private (SEM_VIEW (widget));

  if (priv->painter != NULL)
    sem_painter_drop_spare (priv->painter);
  GTK_WIDGET_CLASS (sem_view_parent_class)->unmap (widget);
}

static void
sem_view_dispose (GObject *object)
{
  SemView *self = SEM_VIEW (object);
  SemViewPrivate *priv = sem_view_get_private (self);

  if (priv->document != NULL)
    g_signal_handlers_disconnect_by_data (priv->document, self);
  sem_view_stop_glide (self);
  sem_view_cancel_band (self);
  g_clear_object (&priv->document);
  g_clear_pointer (&priv->layout, sem_layout_unref);
  g_clear_pointer (&priv->measured, sem_layout_unref);
  g_clear_pointer (&priv->base, gsk_render_node_unref);
  g_clear_pointer (&priv->painter, sem_painter_free);
  g_clear_pointer (&priv->menu, gtk_widget_unparent);
  G_OBJECT_CLASS (sem_view_parent_class)->dispose (object);
}

static void
sem_view_class_init (SemViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sem_view_dispose;
  object_class->get_property = sem_view_get_property;
  object_class->set_property = sem_view_set_property;
  widget_class->snapshot = sem_view_snapshot;
  widget_class->measure = sem_view_measure;
  widget_class->get_request_mode = sem_view_get_request_mode;
  widget_class->size_allocate = sem_view_size_allocate;
  widget_class->unmap = sem_view_unmap;
  klass->invalidated_by = SEM_CHANGED_ANALYSIS;

  properties[PROP_DOCUMENT]
      = g_param_spec_object ("document", NULL, NULL, SEM_TYPE_DOCUMENT,
                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_COMPARES]
      = g_param_spec_boolean ("compares", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "picture");
}

static void
sem_view_init (SemView *self)
{
  sem_view_get_private (self)->anchor = (SemItem)SEM_ITEM_INIT;
  sem_view_get_private (self)->painter = sem_painter_new ();
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  sem_view_init_input (self);
  sem_app_connect_theme_changed (G_CALLBACK (theme_changed_cb), G_OBJECT (self));
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (theme_changed_cb), NULL);
}
