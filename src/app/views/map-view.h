/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemMapView: the units on their principal axes. */
#pragma once

#include "app/views/view.h"

G_BEGIN_DECLS

#define SEM_TYPE_MAP_VIEW (sem_map_view_get_type ())
G_DECLARE_FINAL_TYPE (SemMapView, sem_map_view, SEM, MAP_VIEW, SemView)

G_END_DECLS
