/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemHeatmapView: the similarity of every unit with every other. */
#pragma once

#include "app/views/view.h"

G_BEGIN_DECLS

#define SEM_TYPE_HEATMAP_VIEW (sem_heatmap_view_get_type ())
G_DECLARE_FINAL_TYPE (SemHeatmapView, sem_heatmap_view, SEM, HEATMAP_VIEW, SemView)

G_END_DECLS
