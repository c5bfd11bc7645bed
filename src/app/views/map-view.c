/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thin subclass: the picture itself is draw/map.c. */
#include "app/views/map-view.h"

struct _SemMapView
{
  SemView parent_instance;
};

G_DEFINE_FINAL_TYPE (SemMapView, sem_map_view, SEM_TYPE_VIEW)

static SemLayout *
sem_map_view_make_layout (SemView *view, const SemLayoutInput *input, const SemFocus *focus)
{
  return sem_map_layout_new (input);
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

static void
sem_map_view_class_init (SemMapViewClass *klass)
{
  SemViewClass *view_class = SEM_VIEW_CLASS (klass);

  view_class->mask_options = sem_map_view_mask_options;
  view_class->make_layout = sem_map_view_make_layout;
  view_class->get_viewport = sem_map_view_get_viewport;
  view_class->set_viewport = sem_map_view_set_viewport;
}

static void
sem_map_view_init (SemMapView *self)
{
}
