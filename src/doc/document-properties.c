/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document's properties: every option a menu, a shortcut or a button sets. */
#include "doc/document-private.h"

#include "doc/enums.h"

#include <math.h>
#include <stdio.h>

enum
{
  PROP_0,
  PROP_UNIT,
  PROP_POOLING,
  PROP_METRIC,
  PROP_CENTERED,
  PROP_SPECIAL,
  PROP_MERGE_REPEATED,
  PROP_RANGE,
  PROP_ORDER,
  PROP_SHAPE,
  PROP_COLOR_BY,
  PROP_DIM_FUNCTION_WORDS,
  PROP_SHOW_SPACES,
  PROP_SHOW_SPECIAL,
  PROP_VECTOR_ORDER,
  PROP_COLOR_MAP,
  PROP_AXES,
  PROP_COMPONENT_X,
  PROP_COMPONENT_Y,
  PROP_MAP_AXES,
  PROP_MAP_DEPTH,
  PROP_FADE_MISPLACED,
  PROP_NEARBY_WORDS,
  PROP_DRAG_TOOL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The enumerations and switches, as pointers into the two option structs; the type is the pspec's.
 */
static int *
get_enum_field (SemDocument *self, guint id)
{
  switch (id)
    {
    case PROP_UNIT:
      return (int *)&self->options.unit;
    case PROP_POOLING:
      return (int *)&self->options.pooling;
    case PROP_METRIC:
      return (int *)&self->options.metric;
    case PROP_RANGE:
      return (int *)&self->view.range;
    case PROP_ORDER:
      return (int *)&self->view.order;
    case PROP_SHAPE:
      return (int *)&self->view.shape;
    case PROP_COLOR_BY:
      return (int *)&self->view.color_by;
    case PROP_VECTOR_ORDER:
      return (int *)&self->view.vector_order;
    case PROP_DRAG_TOOL:
      return (int *)&self->drag_tool;
    default:
      return NULL;
    }
}

static gboolean *
get_switch_field (SemDocument *self, guint id)
{
  switch (id)
    {
    case PROP_CENTERED:
      return &self->options.centered;
    case PROP_SPECIAL:
      return &self->options.special;
    case PROP_MERGE_REPEATED:
      return &self->options.merge_repeated_in_map;
    case PROP_DIM_FUNCTION_WORDS:
      return &self->view.dim_function_words;
    case PROP_MAP_DEPTH:
      return &self->view.map_depth;
    case PROP_FADE_MISPLACED:
      return &self->view.fade_misplaced;
    case PROP_NEARBY_WORDS:
      return &self->view.nearby_words;
    case PROP_SHOW_SPACES:
      return &self->view.show_spaces;
    case PROP_SHOW_SPECIAL:
      return &self->view.show_special;
    default:
      return NULL;
    }
}

/* A third component seen from the front looks like the flat map: the first look is from aside. */
#define FIRST_YAW -25.0
#define FIRST_PITCH 15.0

static void
option_changed (SemDocument *self,
                guint id,
                const SemAnalysisOptions *options,
                const SemViewOptions *view)
{
  static const SemViewport whole = SEM_VIEWPORT_INIT;

  sem_document_record_options (self, properties[id]->name, FALSE, options, view);
  if (id == PROP_MAP_DEPTH && self->view.map_yaw == 0.0 && self->view.map_pitch == 0.0)
    sem_document_set_map_turn (self, FIRST_YAW, FIRST_PITCH);
  if (id == PROP_DRAG_TOOL)
    return; /* no picture depends on it */
  if (id > PROP_MERGE_REPEATED)
    {
      sem_document_mark (self, SEM_CHANGED_VIEW);
      return;
    }
  if (id == PROP_UNIT)
    {
      self->view.heatmap_view = self->view.map_view = whole;
      self->last_cost_us = 0;
    }
  sem_document_mark (self, SEM_CHANGED_OPTIONS);
  /* Only these move the vectors themselves. */
  sem_document_invalidate (self,
                           id == PROP_UNIT || id == PROP_POOLING || id == PROP_MERGE_REPEATED);
}

/* "1x2": the components on the map's axes, counted from 1.  FALSE when it is not that. */
static gboolean
parse_axes (const char *axes, gsize *x, gsize *y)
{
  guint a, b;
  char end;

  if (axes == NULL || sscanf (axes, "%2ux%2u%c", &a, &b, &end) != 2 || a < 1 || b < 1 || a == b
      || a > SEM_PCA_MAX_COMPONENTS || b > SEM_PCA_MAX_COMPONENTS)
    return FALSE;
  *x = a - 1;
  *y = b - 1;
  return TRUE;
}

/* The empty text is none. */
static gboolean
set_interned (const char **own, const char *text)
{
  const char *old = *own;

  *own = text == NULL || *text == '\0' ? NULL : g_intern_string (text);
  return *own != old;
}

static gboolean
take_axes (SemDocument *self, gsize x, gsize y)
{
  if (x == self->view.component_x && y == self->view.component_y)
    return FALSE;
  self->view.component_x = x;
  self->view.component_y = y;
  return TRUE;
}

static gboolean
set_axes (SemDocument *self, const char *axes)
{
  gsize x, y;

  return parse_axes (axes, &x, &y) && take_axes (self, x, y);
}

/* One axis, "1" to "10"; what the other one shows is swapped with it. */
static gboolean
set_component (SemDocument *self, guint id, const char *text)
{
  const gsize old_x = self->view.component_x, old_y = self->view.component_y;
  guint64 number;
  gsize component;

  if (text == NULL
      || !g_ascii_string_to_unsigned (text, 10, 1, SEM_PCA_MAX_COMPONENTS, &number, NULL))
    return FALSE;
  component = (gsize)number - 1;
  if (id == PROP_COMPONENT_X)
    return take_axes (self, component, component == old_y ? old_x : old_y);
  return take_axes (self, component == old_x ? old_y : old_x, component);
}

/* The three properties say the same. */
static void
notify_axes (SemDocument *self)
{
  for (guint id = PROP_AXES; id <= PROP_COMPONENT_Y; id++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

void
sem_document_color_by (SemDocument *self, gsize unit)
{
  const SemViewOptions before = self->view;

  if (self->analysis == NULL || unit >= sem_analysis_get_n (self->analysis))
    return;
  self->view.color_by = SEM_COLOR_BY_COSINE;
  self->view.color_unit = unit;
  sem_document_record_options (self, properties[PROP_COLOR_BY]->name, FALSE, &self->options,
                               &before);
  sem_document_mark (self, SEM_CHANGED_VIEW);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLOR_BY]);
}

void
sem_document_set_map_turn (SemDocument *self, double yaw, double pitch)
{
  yaw = fmod (yaw, 360.0);
  pitch = CLAMP (pitch, -90.0, 90.0);
  if (yaw == self->view.map_yaw && pitch == self->view.map_pitch)
    return;
  self->view.map_yaw = yaw;
  self->view.map_pitch = pitch;
  sem_document_mark (self, SEM_CHANGED_VIEW);
}

void
sem_document_set_component (SemDocument *self, guint axis, gsize component)
{
  g_autofree char *text = g_strdup_printf ("%" G_GSIZE_FORMAT, component + 1);

  g_object_set (self, axis == 0 ? "component-x" : "component-y", text, NULL);
}

static void
sem_document_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SemDocument *self = SEM_DOCUMENT (object);

  if (id == PROP_COLOR_MAP)
    g_value_set_string (value, self->view.color_map == NULL ? "" : self->view.color_map);
  else if (id == PROP_MAP_AXES)
    g_value_set_string (value, self->view.map_axes == NULL ? "" : self->view.map_axes);
  else if (id == PROP_AXES)
    g_value_take_string (value, g_strdup_printf ("%ux%u", (guint)self->view.component_x + 1,
                                                 (guint)self->view.component_y + 1));
  else if (id == PROP_COMPONENT_X || id == PROP_COMPONENT_Y)
    g_value_take_string (
        value, g_strdup_printf ("%u", (guint)(id == PROP_COMPONENT_X ? self->view.component_x
                                                                     : self->view.component_y)
                                          + 1));
  else if (get_enum_field (self, id) != NULL)
    g_value_set_enum (value, *get_enum_field (self, id));
  else if (get_switch_field (self, id) != NULL)
    g_value_set_boolean (value, *get_switch_field (self, id));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* The order by a unit needs to know which: the first selected one, else the first. */
static gboolean
choose_order_unit (SemDocument *self)
{
  const gsize old = self->view.order_unit;

  if (self->view.order == SEM_ORDER_BY_UNIT && (self->selected->len > 0 || old == SEM_NO_ITEM))
    self->view.order_unit = self->selected->len > 0 ? g_array_index (self->selected, gsize, 0) : 0;
  return self->view.order_unit != old;
}

/* So do the colours by cosine; asked for again, they are to what is selected now. */
static gboolean
choose_color_unit (SemDocument *self)
{
  const gsize old = self->view.color_unit;

  if (self->view.color_by == SEM_COLOR_BY_COSINE)
    self->view.color_unit = self->selected->len > 0 ? g_array_index (self->selected, gsize, 0)
                            : old == SEM_NO_ITEM    ? 0
                                                    : old;
  return self->view.color_unit != old;
}

/* One projection at a time: who asks for components gives up the axes of words, and those have no
 * depth. */
static gboolean
keep_one_projection (SemDocument *self, guint id)
{
  const gboolean wants_components = (id >= PROP_AXES && id <= PROP_COMPONENT_Y)
                                    || (id == PROP_MAP_DEPTH && self->view.map_depth);

  if (wants_components && self->view.map_axes != NULL)
    {
      self->view.map_axes = NULL;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAP_AXES]);
      return TRUE;
    }
  if (id == PROP_MAP_AXES && self->view.map_axes != NULL && self->view.map_depth)
    {
      self->view.map_depth = FALSE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAP_DEPTH]);
    }
  return FALSE;
}

static void
sem_document_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SemDocument *self = SEM_DOCUMENT (object);
  const SemAnalysisOptions options = self->options;
  const SemViewOptions view = self->view;
  gboolean changed = FALSE;

  if (id == PROP_COLOR_MAP)
    changed = set_interned (&self->view.color_map, g_value_get_string (value));
  else if (id == PROP_MAP_AXES)
    changed = set_interned (&self->view.map_axes, g_value_get_string (value));
  else if (id == PROP_AXES)
    changed = set_axes (self, g_value_get_string (value));
  else if (id == PROP_COMPONENT_X || id == PROP_COMPONENT_Y)
    changed = set_component (self, id, g_value_get_string (value));
  else if (get_enum_field (self, id) != NULL)
    {
      changed = *get_enum_field (self, id) != g_value_get_enum (value);
      *get_enum_field (self, id) = g_value_get_enum (value);
      if (id == PROP_ORDER)
        changed |= choose_order_unit (self);
      else if (id == PROP_COLOR_BY)
        changed |= choose_color_unit (self);
    }
  else if (get_switch_field (self, id) != NULL)
    {
      changed = *get_switch_field (self, id) != g_value_get_boolean (value);
      *get_switch_field (self, id) = g_value_get_boolean (value);
    }
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  changed |= keep_one_projection (self, id);
  if (!changed)
    return;
  option_changed (self, id, &options, &view);
  if (id >= PROP_AXES && id <= PROP_COMPONENT_Y)
    notify_axes (self);
  else
    g_object_notify_by_pspec (object, pspec);
}

void
sem_document_take_options (SemDocument *self,
                           const SemAnalysisOptions *options,
                           const SemViewOptions *view)
{
  GValue before[N_PROPS] = { G_VALUE_INIT };

  for (guint id = PROP_0 + 1; id < N_PROPS; id++)
    g_object_get_property (G_OBJECT (self), properties[id]->name,
                           g_value_init (&before[id], properties[id]->value_type));
  self->options = *options;
  self->view = *view;
  sem_document_mark (self, SEM_CHANGED_OPTIONS | SEM_CHANGED_VIEW);
  for (guint id = PROP_0 + 1; id < N_PROPS; id++)
    {
      g_auto (GValue) now = G_VALUE_INIT;

      g_object_get_property (G_OBJECT (self), properties[id]->name,
                             g_value_init (&now, properties[id]->value_type));
      if (g_param_values_cmp (properties[id], &before[id], &now) != 0)
        g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
      g_value_unset (&before[id]);
    }
}

#define FLAGS (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY)

static GParamSpec *
new_enum_property (const char *name, GType type)
{
  return g_param_spec_enum (name, NULL, NULL, type, 0, FLAGS);
}

static GParamSpec *
new_switch_property (const char *name, gboolean value)
{
  return g_param_spec_boolean (name, NULL, NULL, value, FLAGS);
}

void
sem_document_install_properties (GObjectClass *object_class)
{
  object_class->get_property = sem_document_get_property;
  object_class->set_property = sem_document_set_property;

  properties[PROP_UNIT] = new_enum_property ("unit", SEM_TYPE_UNIT_KIND);
  properties[PROP_POOLING] = new_enum_property ("pooling", SEM_TYPE_POOLING);
  properties[PROP_METRIC] = new_enum_property ("metric", SEM_TYPE_METRIC);
  properties[PROP_CENTERED] = new_switch_property ("centered", FALSE);
  properties[PROP_SPECIAL] = new_switch_property ("special", FALSE);
  properties[PROP_MERGE_REPEATED] = new_switch_property ("merge-repeated", TRUE);
  properties[PROP_RANGE] = new_enum_property ("range", SEM_TYPE_RANGE_KIND);
  properties[PROP_ORDER] = new_enum_property ("order", SEM_TYPE_ORDER_KIND);
  properties[PROP_SHAPE] = new_enum_property ("shape", SEM_TYPE_HEATMAP_SHAPE);
  properties[PROP_COLOR_BY] = new_enum_property ("color-by", SEM_TYPE_COLOR_BY);
  properties[PROP_DIM_FUNCTION_WORDS] = new_switch_property ("dim-function-words", FALSE);
  properties[PROP_SHOW_SPACES] = new_switch_property ("show-spaces", FALSE);
  properties[PROP_SHOW_SPECIAL] = new_switch_property ("show-special", FALSE);
  properties[PROP_VECTOR_ORDER] = new_enum_property ("vector-order", SEM_TYPE_VECTOR_ORDER);
  properties[PROP_COLOR_MAP] = g_param_spec_string ("color-map", NULL, NULL, "", FLAGS);
  properties[PROP_AXES] = g_param_spec_string ("axes", NULL, NULL, "1x2", FLAGS);
  properties[PROP_COMPONENT_X] = g_param_spec_string ("component-x", NULL, NULL, "1", FLAGS);
  properties[PROP_COMPONENT_Y] = g_param_spec_string ("component-y", NULL, NULL, "2", FLAGS);
  properties[PROP_MAP_AXES] = g_param_spec_string ("map-axes", NULL, NULL, "", FLAGS);
  properties[PROP_MAP_DEPTH] = new_switch_property ("map-depth", FALSE);
  properties[PROP_FADE_MISPLACED] = new_switch_property ("fade-misplaced", FALSE);
  properties[PROP_NEARBY_WORDS] = new_switch_property ("nearby-words", FALSE);
  properties[PROP_DRAG_TOOL] = new_enum_property ("drag-tool", SEM_TYPE_DRAG_TOOL);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}
