/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thin subclass: the picture itself is draw/vectors.c. */
#include "app/views/vectors-view.h"

struct _SemVectorsView
{
  SemView parent_instance;
};

G_DEFINE_FINAL_TYPE (SemVectorsView, sem_vectors_view, SEM_TYPE_VIEW)

static SemLayout *
sem_vectors_view_make_layout (SemView *view, const SemLayoutInput *input, const SemFocus *focus)
{
  return sem_vectors_layout_new (input, focus);
}

static void
sem_vectors_view_mask_options (SemViewOptions *options)
{
  options->heatmap_view = options->map_view = (SemViewport){ 0 };
  options->component_x = options->component_y = 0;
  options->map_depth = FALSE;
  options->map_yaw = options->map_pitch = 0.0;
  options->map_axes = NULL;
  options->color_unit = 0;
  options->fade_misplaced = FALSE;
  options->nearby_words = FALSE;
  options->order = 0;
  options->order_unit = 0;
  options->shape = 0;
  options->show_spaces = options->show_special = FALSE;
}

static void
sem_vectors_view_class_init (SemVectorsViewClass *klass)
{
  SemViewClass *view_class = SEM_VIEW_CLASS (klass);

  view_class->mask_options = sem_vectors_view_mask_options;
  view_class->make_layout = sem_vectors_view_make_layout;
  view_class->invalidated_by |= SEM_CHANGED_SELECTION;
}

static void
sem_vectors_view_init (SemVectorsView *self)
{
}
