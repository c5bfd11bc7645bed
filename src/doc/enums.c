/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One static table per enumeration; registered on first use. */
#include "doc/enums.h"

#include "core/analysis/analysis.h"
#include "core/analysis/view-options.h"
#include "doc/document.h"

#define VALUE(value, nick)                                                                         \
  {                                                                                                \
    value, #value, nick                                                                            \
  }
#define DEFINE_ENUM(TypeName, function, ...)                                                       \
  GType function (void)                                                                            \
  {                                                                                                \
    static const GEnumValue values[] = { __VA_ARGS__, { 0, NULL, NULL } };                         \
    static gsize type;                                                                             \
    if (g_once_init_enter (&type))                                                                 \
      g_once_init_leave (&type, g_enum_register_static (#TypeName, values));                       \
    return type;                                                                                   \
  }

DEFINE_ENUM (SemUnitKind,
             sem_unit_kind_get_type,
             VALUE (SEM_UNIT_WORD, "word"),
             VALUE (SEM_UNIT_TOKEN, "token"),
             VALUE (SEM_UNIT_CHARACTER, "character"),
             VALUE (SEM_UNIT_SENTENCE, "sentence"),
             VALUE (SEM_UNIT_PARAGRAPH, "paragraph"))
DEFINE_ENUM (SemPooling,
             sem_pooling_get_type,
             VALUE (SEM_POOLING_MEAN, "mean"),
             VALUE (SEM_POOLING_FIRST, "first"),
             VALUE (SEM_POOLING_LAST, "last"),
             VALUE (SEM_POOLING_MAX, "max"))
DEFINE_ENUM (SemMetric,
             sem_metric_get_type,
             VALUE (SEM_METRIC_COSINE, "cosine"),
             VALUE (SEM_METRIC_DOT, "dot"),
             VALUE (SEM_METRIC_EUCLIDEAN, "euclidean"))
DEFINE_ENUM (SemRangeKind,
             sem_range_kind_get_type,
             VALUE (SEM_RANGE_FULL, "full"),
             VALUE (SEM_RANGE_UNIT, "unit"),
             VALUE (SEM_RANGE_STRETCH, "stretch"),
             VALUE (SEM_RANGE_CUSTOM, "custom"))
DEFINE_ENUM (SemOrderKind,
             sem_order_kind_get_type,
             VALUE (SEM_ORDER_TYPED, "typed"),
             VALUE (SEM_ORDER_BY_UNIT, "by-unit"),
             VALUE (SEM_ORDER_CLUSTERED, "clustered"))
DEFINE_ENUM (SemHeatmapShape,
             sem_heatmap_shape_get_type,
             VALUE (SEM_SHAPE_FULL, "full"),
             VALUE (SEM_SHAPE_LOWER, "lower"),
             VALUE (SEM_SHAPE_AGAINST, "against"))
DEFINE_ENUM (SemColorBy,
             sem_color_by_get_type,
             VALUE (SEM_COLOR_BY_UNIT, "unit"),
             VALUE (SEM_COLOR_BY_SENTENCE, "sentence"),
             VALUE (SEM_COLOR_BY_COSINE, "cosine"))
DEFINE_ENUM (SemVectorOrder,
             sem_vector_order_get_type,
             VALUE (SEM_VECTOR_ORDER_DIMENSION, "dimension"),
             VALUE (SEM_VECTOR_ORDER_CONTRIBUTION, "contribution"))
DEFINE_ENUM (SemDragTool,
             sem_drag_tool_get_type,
             VALUE (SEM_DRAG_MOVE, "move"),
             VALUE (SEM_DRAG_BOX, "box"),
             VALUE (SEM_DRAG_LASSO, "lasso"))
