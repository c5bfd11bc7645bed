/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the map can show besides two components in their units' colours: reference images, and every
 * mark found where it is. */
#include "image-compare.h"
#include "plots-sample.h"
#include "sample.h"

#include "draw/map-private.h"
#include "layout-test.h"

#include <math.h>

typedef struct
{
  const char *name;
  SemViewOptions options;
} Mode;

/* A text of three sentences under the small model. */
#define TEXT "Earth is a planet in the solar system. The moon orbits us. A hotdog is food."

static const Mode modes[] = {
  { "sentence",
    { .component_y = 1, .color_by = SEM_COLOR_BY_SENTENCE, .map_view = { 0.5, 0.5, 1.0 } } },
  { "cosine",
    { .component_y = 1,
      .color_by = SEM_COLOR_BY_COSINE,
      .color_unit = 3,
      .map_view = { 0.5, 0.5, 1.0 } } },
  { "axes", { .map_axes = "moon:planet,food:Earth", .map_view = { 0.5, 0.5, 1.0 } } },
  { "depth",
    { .component_y = 1,
      .map_depth = TRUE,
      .map_yaw = -30.0,
      .map_pitch = 20.0,
      .map_view = { 0.5, 0.5, 1.0 } } },
  { "fade",
    { .component_x = 1, .component_y = 4, .fade_misplaced = TRUE, .map_view = { 0.5, 0.5, 1.0 } } },
  { "nearby", { .component_y = 1, .nearby_words = TRUE, .map_view = { 0.5, 0.5, 1.0 } } },
  { "nearby-axes",
    { .map_axes = "moon:planet,food:Earth", .nearby_words = TRUE, .map_view = { 0.5, 0.5, 1.0 } } },
};

typedef struct
{
  SemModel *model;
  SemAnalysis *analysis;
  SemTextContext *text;
  SemLayoutInput input;
} Fixture;

static void
set_up (Fixture *self, const SemViewOptions *options)
{
  *self = (Fixture){ .model = sem_sample_model_new (24), .text = sem_text_context_new (NULL, 1.0) };
  self->analysis = sem_sample_analysis_new (self->model, TEXT, FALSE);
  self->input = layout_test_input (self->analysis, options, self->text, 460.0, 330.0);
}

static void
tear_down (Fixture *self)
{
  sem_analysis_unref (self->analysis);
  sem_model_unref (self->model);
  sem_text_context_unref (self->text);
}

/* Units and, where it is drawn, each bar of the scree strip. */
static void
test_pick (void)
{
  for (gsize mode = 0; mode < G_N_ELEMENTS (modes); mode++)
    {
      Fixture fixture;
      g_autoptr (SemLayout) layout = NULL;
      SemItem item = SEM_ITEM_INIT, picked;
      gsize n_units = 0;
      SemBox box;

      set_up (&fixture, &modes[mode].options);
      layout = sem_map_layout_new (&fixture.input);
      for (item.unit = 0; item.unit < sem_analysis_get_n (fixture.analysis); item.unit++)
        {
          item.kind = SEM_ITEM_UNIT;
          if (!sem_layout_locate (layout, &item, &box))
            continue;
          n_units++;
          sem_layout_pick (layout, box.x + box.width / 2.0, box.y + box.height / 2.0, &picked);
          g_assert_cmpint (picked.kind, ==, SEM_ITEM_UNIT);
          g_assert_cmpuint (((const SemMap *)layout)->marks->point_of[picked.unit], ==,
                            ((const SemMap *)layout)->marks->point_of[item.unit]);
        }
      g_assert_cmpuint (n_units, ==, sem_analysis_get_n (fixture.analysis));
      item = (SemItem)SEM_ITEM_INIT;
      item.kind = SEM_ITEM_COMPONENT;
      for (item.dimension = 0; item.dimension < SEM_PCA_MAX_COMPONENTS; item.dimension++)
        {
          if (!sem_layout_locate (layout, &item, &box))
            {
              g_assert_nonnull (((const SemMap *)layout)->data->axis_titles[0]);
              continue;
            }
          sem_layout_pick (layout, box.x + box.width / 2.0, box.y + box.height / 2.0, &picked);
          g_assert_true (sem_item_equal (&item, &picked));
        }
      tear_down (&fixture);
    }
}

/* The less of its neighbours it keeps, the nearer a point's colour is to the surface. */
static void
test_fade (void)
{
  SemViewOptions plain = modes[4].options;
  Fixture fixture;
  g_autoptr (SemLayout) faded = NULL, full = NULL;
  const SemMap *map;
  gsize n_faded = 0;

  plain.fade_misplaced = FALSE;
  set_up (&fixture, &modes[4].options);
  faded = sem_map_layout_new (&fixture.input);
  fixture.input.options = &plain;
  full = sem_map_layout_new (&fixture.input);
  map = (const SemMap *)faded;
  for (gsize unit = 0; unit < map->data->n; unit++)
    {
      gsize k;
      const double kept = sem_analysis_unit_kept (fixture.analysis, unit, 1, 4, &k);
      const SemRgba color = sem_map_get_color (map, unit),
                    own = sem_map_get_color ((const SemMap *)full, unit);
      const double rest = sem_rgba_distance (color, map->theme->surface)
                          / sem_rgba_distance (own, map->theme->surface);

      g_assert_cmpfloat_with_epsilon (rest, 0.2 + 0.8 * kept, 0.02);
      n_faded += kept < 1.0;
    }
  g_assert_cmpuint (n_faded, >, 3);
  tear_down (&fixture);
}

/* Seen from the front the places are those of the flat map but for the scale; turned by 90 degrees
 * the depth lies across; and a turn keeps the length of every vector of coordinates. */
static void
test_depth (void)
{
  SemViewOptions options = { .component_y = 1, .map_depth = TRUE, .map_view = { 0.5, 0.5, 1.0 } };
  Fixture fixture;
  static const double angles[][2]
      = { { 0.0, 0.0 }, { 90.0, 0.0 }, { 37.0, -61.0 }, { 200.0, 90.0 } };

  set_up (&fixture, &options);
  for (gsize i = 0; i < G_N_ELEMENTS (angles); i++)
    {
      g_autoptr (SemLayout) layout = NULL;
      const SemMap *map;

      options.map_yaw = angles[i][0];
      options.map_pitch = angles[i][1];
      layout = sem_map_layout_new (&fixture.input);
      map = (const SemMap *)layout;
      g_assert_true (map->has_depth);
      g_assert_cmpuint (map->component_z, ==, 2);
      for (gsize unit = 0; unit < map->data->n; unit++)
        {
          const double *c = sem_matrix_get_row (map->data->coordinates, unit);
          double turned[3];

          sem_map_turn (map, map->data->coordinates, unit, turned);
          g_assert_cmpfloat_with_epsilon (turned[0] * turned[0] + turned[1] * turned[1]
                                              + turned[2] * turned[2],
                                          c[0] * c[0] + c[1] * c[1] + c[2] * c[2], 1e-9);
          if (i == 0)
            {
              g_assert_cmpfloat_with_epsilon (turned[0], c[0], 1e-12);
              g_assert_cmpfloat_with_epsilon (turned[1], c[1], 1e-12);
              g_assert_cmpfloat_with_epsilon (turned[2], c[2], 1e-12);
            }
          if (i == 1)
            {
              g_assert_cmpfloat_with_epsilon (turned[0], c[2], 1e-12);
              g_assert_cmpfloat_with_epsilon (turned[1], c[1], 1e-12);
            }
        }
    }
  tear_down (&fixture);
}

static gboolean
boxes_overlap (const SemBox *a, const SemBox *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height
         && b->y < a->y + a->height;
}

/* A word's mark and, where it has one, its label lead to it; no label covers another or a unit's
 * mark. */
static void
check_nearby_word (const SemMap *map, guint index)
{
  const SemMapNearby *word = &g_array_index (map->marks->nearby, SemMapNearby, index);
  const SemBox label
      = { word->place.x + map->shift_x, word->place.y + map->shift_y, word->width, word->height };
  SemItem item = SEM_ITEM_INIT, picked;
  SemBox box;

  item.kind = SEM_ITEM_NEARBY;
  item.token = index;
  g_assert_true (sem_layout_locate (&map->base, &item, &box) == word->is_shown);
  if (!word->is_shown)
    return;
  sem_layout_pick (&map->base, box.x + box.width / 2.0, box.y + box.height / 2.0, &picked);
  if (picked.kind == SEM_ITEM_NEARBY)
    g_assert_true (sem_item_equal (&item, &picked));
  else
    g_assert_cmpint (picked.kind, ==, SEM_ITEM_UNIT); /* within reach of a unit's mark */
  if (word->place.state == SEM_LABEL_HIDDEN)
    return;
  for (guint i = 0; i < map->marks->points->len; i++)
    {
      const SemMapPoint *point = &g_array_index (map->marks->points, SemMapPoint, i);
      const SemBox mark
          = { point->x + map->shift_x - point->radius, point->y + map->shift_y - point->radius,
              2.0 * point->radius, 2.0 * point->radius };

      g_assert_false (boxes_overlap (&label, &mark));
      if (sem_map_get_label_box (map, i, &box))
        g_assert_false (boxes_overlap (&label, &box));
    }
  for (guint i = index + 1; i < map->marks->nearby->len; i++)
    {
      const SemMapNearby *other = &g_array_index (map->marks->nearby, SemMapNearby, i);

      box = (SemBox){ other->place.x + map->shift_x, other->place.y + map->shift_y, other->width,
                      other->height };
      if (other->is_shown && other->place.state != SEM_LABEL_HIDDEN)
        g_assert_false (boxes_overlap (&label, &box));
    }
}

/* The words behind a map change nothing in front of them: no place, no label, no share; on screen
 * they wait for their worker; arrows lead to them and back. */
static void
test_nearby (void)
{
  for (gsize mode = 5; mode <= 6; mode++)
    {
      SemViewOptions plain = modes[mode].options;
      Fixture fixture;
      g_autoptr (SemLayout) with = NULL, without = NULL, live = NULL;
      const SemMap *map, *other;
      SemItem from = SEM_ITEM_INIT, to;
      gsize k, n_shown = 0, n_steps = 0;

      plain.nearby_words = FALSE;
      set_up (&fixture, &modes[mode].options);
      fixture.input.is_live = TRUE;
      live = sem_map_layout_new (&fixture.input);
      g_assert_true (((const SemMap *)live)->data->awaits_background);
      g_assert_cmpuint (((const SemMap *)live)->marks->nearby->len, ==, 0);
      fixture.input.is_live = FALSE;
      fixture.input.previous = live;
      with = sem_map_layout_new (&fixture.input);
      fixture.input.options = &plain;
      without = sem_map_layout_new (&fixture.input);
      map = (const SemMap *)with;
      other = (const SemMap *)without;
      g_assert_cmpuint (other->marks->nearby->len, ==, 0);
      g_assert_cmpuint (map->marks->points->len, ==, other->marks->points->len);
      g_assert_cmpfloat (
          sem_map_data_get_kept (map->data, map->component_x, map->component_y, &k), ==,
          sem_map_data_get_kept (other->data, map->component_x, map->component_y, &k));
      for (guint i = 0; i < map->marks->points->len; i++)
        {
          const SemLabelPlace *a = &map->marks->places[i], *b = &other->marks->places[i];

          g_assert_cmpint (a->state, ==, b->state);
          g_assert_cmpfloat (a->x, ==, b->x);
          g_assert_cmpfloat (a->y, ==, b->y);
        }
      for (guint i = 0; i < map->marks->nearby->len; i++)
        {
          check_nearby_word (map, i);
          n_shown += g_array_index (map->marks->nearby, SemMapNearby, i).is_shown;
        }
      g_assert_cmpuint (n_shown, >, 5);
      for (guint i = 0; i < 4 * map->marks->points->len; i++)
        {
          from = (SemItem)SEM_ITEM_INIT;
          from.kind = SEM_ITEM_UNIT;
          from.unit = g_array_index (map->marks->points, SemMapPoint, i / 4).unit;
          sem_layout_step (with, &from, (i % 4 == 0) - (i % 4 == 1), (i % 4 == 2) - (i % 4 == 3),
                           &to);
          n_steps += to.kind == SEM_ITEM_NEARBY;
        }
      g_assert_cmpuint (n_steps, >, 0);
      tear_down (&fixture);
    }
}

static void
test_reference_images (void)
{
  static const SemThemeKind themes[]
      = { SEM_THEME_LIGHT, SEM_THEME_DARK, SEM_THEME_CONTRAST, SEM_THEME_PRINT };

  if (!sem_golden_has_fonts ())
    return;
  for (gsize mode = 0; mode < G_N_ELEMENTS (modes); mode++)
    for (gsize theme = 0; theme < G_N_ELEMENTS (themes); theme++)
      for (guint scale = 1; scale <= 2; scale++)
        {
          Fixture fixture;
          g_autoptr (SemLayout) layout = NULL;
          g_autofree char *name = NULL;
          cairo_surface_t *surface;

          set_up (&fixture, &modes[mode].options);
          fixture.input.theme = sem_theme_get (themes[theme]);
          fixture.input.scale = scale;
          layout = sem_map_layout_new (&fixture.input);
          surface = sample_draw (layout, &fixture.input, NULL);
          name
              = g_strdup_printf ("map-%s-%s-%ux", modes[mode].name, fixture.input.theme->id, scale);
          sem_golden_check (surface, name);
          cairo_surface_destroy (surface);
          tear_down (&fixture);
        }
}

int
main (int argc, char **argv)
{
  sem_golden_init (&argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map-modes/pick", test_pick);
  g_test_add_func ("/map-modes/fade", test_fade);
  g_test_add_func ("/map-modes/depth", test_depth);
  g_test_add_func ("/map-modes/nearby", test_nearby);
  g_test_add_func ("/map-modes/reference-images", test_reference_images);
  return g_test_run ();
}
