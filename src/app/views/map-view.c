/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picture itself is draw/map.c, of two models draw/map-pair.c.  This adds the motion between
 * two pictures of the same units: the base class asks for a layout, and while a motion lasts it
 * gets one on the way to the newest. What moves on is the frame clock. */
#include "app/views/map-view.h"

#include "app/views/view-private.h"
#include "doc/describe-other.h"
#include "draw/map-motion.h"

#include <adwaita.h>
#include <math.h>

#define MOTION_MS 250

struct _SemMapView
{
  SemView parent_instance;

  AdwAnimation *animation; /* made with the first motion */
  SemMapMotion *motion;    /* or NULL */
  SemLayout *target;       /* what it leads to */
  double t;                /* of the motion, 0..1 */
  guint64 revision;        /* of everything the target was made from */
  const SemTheme *theme;
};

G_DEFINE_FINAL_TYPE (SemMapView, sem_map_view, SEM_TYPE_VIEW)

static void
end_motion (SemMapView *self)
{
  g_clear_pointer (&self->motion, sem_map_motion_free);
  self->t = 1.0;
}

static void
moved_cb (double t, SemMapView *self)
{
  self->t = t;
  if (self->motion != NULL)
    sem_view_invalidate (SEM_VIEW (self));
}

/* Settles at the newest picture, wherever the motion is; also when it was cut short. */
static void
done_cb (SemMapView *self)
{
  end_motion (self);
  sem_view_invalidate (SEM_VIEW (self));
}

static void
begin_motion (SemMapView *self, SemLayout *from)
{
  g_autoptr (SemMapMotion) motion = NULL;

  if (from == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self))
      || !adw_get_enable_animations (GTK_WIDGET (self)) || from->width != self->target->width
      || from->height != self->target->height)
    return;
  motion = sem_map_motion_new (from, self->target);
  if (motion == NULL)
    return;
  self->motion = g_steal_pointer (&motion);
  self->t = 0.0;
  if (self->animation == NULL)
    {
      self->animation = adw_timed_animation_new (
          GTK_WIDGET (self), 0.0, 1.0, MOTION_MS,
          adw_callback_animation_target_new ((AdwAnimationTargetFunc)moved_cb, self, NULL));
      adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->animation), ADW_EASE_IN_OUT_CUBIC);
      g_signal_connect_swapped (self->animation, "done", G_CALLBACK (done_cb), self);
    }
  adw_animation_play (self->animation);
}

static guint64
get_revision (SemView *view)
{
  SemDocument *document = sem_view_get_document (view);

  return sem_document_get_revision (document, SEM_CHANGED_ANALYSIS)
         + sem_document_get_revision (document, SEM_CHANGED_VIEW)
         + sem_document_get_revision (document, SEM_CHANGED_ORDER);
}

static SemLayout *
sem_map_view_make_layout (SemView *view, const SemLayoutInput *input, const SemFocus *focus)
{
  SemMapView *self = SEM_MAP_VIEW (view);
  const guint64 revision = get_revision (view);

  if (input->comparison != NULL)
    {
      end_motion (self);
      g_clear_pointer (&self->target, sem_layout_unref);
      return sem_map_pair_layout_new (input);
    }
  if (self->target == NULL || self->revision != revision || self->theme != input->theme
      || self->target->width != input->width || self->target->height != input->height)
    {
      end_motion (self);
      g_clear_pointer (&self->target, sem_layout_unref);
      self->target = sem_map_layout_new (input);
      self->revision = revision;
      self->theme = input->theme;
      if (input->previous != NULL && input->previous->klass == self->target->klass)
        begin_motion (self, input->previous);
    }
  return self->motion == NULL ? g_steal_pointer (&self->target)
                              : sem_map_motion_dup_layout (self->motion, self->t);
}

static const SemViewport *
sem_map_view_get_viewport (SemView *view)
{
  return &sem_document_get_view_options (sem_view_get_document (view))->map_view;
}

static void
sem_map_view_set_viewport (SemView *view, const SemViewport *viewport)
{
  sem_document_set_map_view (sem_view_get_document (view), viewport);
}

static gboolean
sem_map_view_turn (SemView *view, double across, double up)
{
  SemDocument *document = sem_view_get_document (view);
  const SemViewOptions *options = sem_document_get_view_options (document);

  if (!options->map_depth || options->map_axes != NULL || sem_view_get_comparison (view) != NULL)
    return FALSE;
  if (across == 0.0 && up == 0.0)
    sem_document_set_map_turn (document, 0.0, 0.0);
  else if (isfinite (across) && isfinite (up))
    sem_document_set_map_turn (document, options->map_yaw + across, options->map_pitch - up);
  return TRUE;
}

static void
sem_map_view_mask_options (SemViewOptions *options)
{
  options->heatmap_view = (SemViewport){ 0 };
  options->range = 0;
  options->order = 0;
  options->order_unit = 0;
  options->shape = 0;
  options->vector_order = 0;
  options->show_spaces = options->show_special = FALSE;
}

static char *
sem_map_view_dup_comparison (SemView *view, SemComparison *comparison)
{
  return sem_describe_two_maps (comparison,
                                sem_document_get_view_options (sem_view_get_document (view)));
}

static void
sem_map_view_dispose (GObject *object)
{
  SemMapView *self = SEM_MAP_VIEW (object);

  if (self->animation != NULL)
    adw_animation_reset (self->animation);
  g_clear_object (&self->animation);
  g_clear_pointer (&self->motion, sem_map_motion_free);
  g_clear_pointer (&self->target, sem_layout_unref);
  G_OBJECT_CLASS (sem_map_view_parent_class)->dispose (object);
}

static void
sem_map_view_class_init (SemMapViewClass *klass)
{
  SemViewClass *view_class = SEM_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sem_map_view_dispose;
  view_class->invalidated_by |= SEM_CHANGED_ORDER; /* the words behind it have been found */
  view_class->mask_options = sem_map_view_mask_options;
  view_class->make_layout = sem_map_view_make_layout;
  view_class->dup_comparison = sem_map_view_dup_comparison;
  view_class->turn = sem_map_view_turn;
  view_class->get_viewport = sem_map_view_get_viewport;
  view_class->set_viewport = sem_map_view_set_viewport;
}

static void
sem_map_view_init (SemMapView *self)
{
}
