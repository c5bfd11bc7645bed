/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thin subclass: the picture itself is draw/heatmap.c, of two models
 * draw/heatmap-pair.c. */
#include "app/views/heatmap-view.h"

#include "doc/describe-other.h"

struct _SemHeatmapView
{
  SemView parent_instance;
};

G_DEFINE_FINAL_TYPE (SemHeatmapView, sem_heatmap_view, SEM_TYPE_VIEW)

static SemLayout *
sem_heatmap_view_make_layout (SemView *view, const SemLayoutInput *input, const SemFocus *focus)
{
  return sem_heatmap_pair_layout_new (input);
}

static const SemViewport *
sem_heatmap_view_get_viewport (SemView *view)
{
  return &sem_document_get_view_options (sem_view_get_document (view))->heatmap_view;
}

static void
sem_heatmap_view_set_viewport (SemView *view, const SemViewport *viewport)
{
  sem_document_set_heatmap_view (sem_view_get_document (view), viewport);
}

static void
sem_heatmap_view_mask_options (SemViewOptions *options)
{
  options->map_view = (SemViewport){ 0 };
  options->component_x = options->component_y = 0;
  options->map_depth = FALSE;
  options->map_yaw = options->map_pitch = 0.0;
  options->map_axes = NULL;
  options->color_unit = 0;
  options->fade_misplaced = FALSE;
  options->nearby_words = FALSE;
  options->vector_order = 0;
  options->show_spaces = options->show_special = FALSE;
}

static char *
sem_heatmap_view_dup_comparison (SemView *view, SemComparison *comparison)
{
  return sem_describe_two_heatmaps (comparison);
}

static void
sem_heatmap_view_class_init (SemHeatmapViewClass *klass)
{
  SemViewClass *view_class = SEM_VIEW_CLASS (klass);

  view_class->invalidated_by |= SEM_CHANGED_ORDER;
  view_class->mask_options = sem_heatmap_view_mask_options;
  view_class->make_layout = sem_heatmap_view_make_layout;
  view_class->dup_comparison = sem_heatmap_view_dup_comparison;
  view_class->get_viewport = sem_heatmap_view_get_viewport;
  view_class->set_viewport = sem_heatmap_view_set_viewport;
}

static void
sem_heatmap_view_init (SemHeatmapView *self)
{
}
