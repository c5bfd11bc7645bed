/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GEnum types of the core's enumerations, so that they can be GObject properties and, through GPropertyAction, menu
 * items: core itself knows no GObject.  The nicks are the words of the command line ("word", "clustered"). */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SEM_TYPE_UNIT_KIND (sem_unit_kind_get_type ())
#define SEM_TYPE_POOLING (sem_pooling_get_type ())
#define SEM_TYPE_METRIC (sem_metric_get_type ())
#define SEM_TYPE_RANGE_KIND (sem_range_kind_get_type ())
#define SEM_TYPE_ORDER_KIND (sem_order_kind_get_type ())
#define SEM_TYPE_HEATMAP_SHAPE (sem_heatmap_shape_get_type ())
#define SEM_TYPE_COLOR_BY (sem_color_by_get_type ())
#define SEM_TYPE_VECTOR_ORDER (sem_vector_order_get_type ())
#define SEM_TYPE_DRAG_TOOL (sem_drag_tool_get_type ())

GType sem_unit_kind_get_type (void);
GType sem_pooling_get_type (void);
GType sem_metric_get_type (void);
GType sem_range_kind_get_type (void);
GType sem_order_kind_get_type (void);
GType sem_heatmap_shape_get_type (void);
GType sem_color_by_get_type (void);
GType sem_vector_order_get_type (void);
GType sem_drag_tool_get_type (void);

G_END_DECLS
