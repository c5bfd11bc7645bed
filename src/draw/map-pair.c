/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two maps of the same units: the first model's as it is, the second's turned, mirrored and scaled
 * onto it (orthogonal Procrustes), with what is left said above it.  Turning does not change which
 * words are near which: the second map is its own, looked at from another side. */
#include "draw/pair.h"

#include "draw/i18n.h"
#include "draw/map-private.h"

#include <math.h>
#include <string.h>

#define GAP 16.0
#define N_MAPS 2

typedef struct
{
  SemLayout base;
  SemComparison *comparison;
  const SemTheme *theme;
  SemTextContext *text;
  gsize component_x, component_y; /* what the second map was turned for */
  SemPanel panels[N_MAPS];
  double note_top; /* of the sentence that says why nothing was turned */
} SemMapPair;

static void
map_pair_free (SemLayout *layout)
{
  SemMapPair *self = (SemMapPair *)layout;

  for (guint i = 0; i < N_MAPS; i++)
    sem_panel_clear (&self->panels[i]);
  sem_text_context_unref (self->text);
  sem_comparison_unref (self->comparison);
}

/* --- data --- */

/* The second model's units at their turned places, in the columns the map will look for. */
static void
turn_data (SemMapData *data, const SemAlignment *alignment, const SemViewOptions *options)
{
  const gsize x = options->component_x, y = options->component_y, k = MAX (MAX (x, y) + 1, 2);
  SemMatrix *turned = sem_matrix_new (data->n, k, NULL);

  if (turned == NULL)
    return;
  for (gsize i = 0; i < data->n; i++)
    {
      sem_matrix_get_data (turned)[i * k + x] = sem_matrix_get (alignment->coordinates, i, 0);
      sem_matrix_get_data (turned)[i * k + y] = sem_matrix_get (alignment->coordinates, i, 1);
    }
  g_clear_pointer (&data->coordinates, sem_matrix_unref);
  data->coordinates = turned;
  g_free (data->ratios);
  data->ratios = g_new0 (double, k);
  data->n_components = k;
  /* Translators: an axis of the second of two maps, turned so that it lies along a principal
   * component of the first, A. */
  data->axis_titles[0] = g_strdup_printf (_ ("along PC%d of A"), (int)x + 1);
  data->axis_titles[1] = g_strdup_printf (_ ("along PC%d of A"), (int)y + 1);
}

/* The same word has one colour in both maps. */
static void
share_hues (SemMapData *to, const SemMapData *from)
{
  if (to->n == from->n)
    memcpy (to->hue_ids, from->hue_ids, to->n * sizeof *to->hue_ids);
}

static double
get_shown_ratio (SemAnalysis *analysis, const SemViewOptions *options)
{
  SemPca *pca = sem_analysis_get_pca (analysis);
  const gsize k = sem_pca_get_n_components (pca), x = options->component_x,
              y = options->component_y;

  return (x < k ? sem_pca_get_explained_variance_ratio (pca, x) : 0.0)
         + (y < k && y != x ? sem_pca_get_explained_variance_ratio (pca, y) : 0.0);
}

/* "47 % of the variance · residual 0.31 · turned by 37° and mirrored": the most important first,
 * the rest may be cut. */
static char *
dup_alignment (SemAnalysis *second, const SemAlignment *alignment, const SemViewOptions *options)
{
  g_autofree char *variance
      = g_strdup_printf (_ ("variance %.0f %% shown"), 100.0 * get_shown_ratio (second, options));
  g_autofree char *residual = sem_text_dup_number (alignment->residual, 2);
  g_autofree char *angle = sem_text_dup_number (alignment->angle_deg, 0);
  g_autofree char *turned = NULL;

  if (isnan (alignment->residual))
    return g_steal_pointer (&variance);
  turned = g_strdup_printf (alignment->mirrored ? _ ("mirrored and turned by %s° onto A")
                                                : _ ("turned by %s° onto A"),
                            angle);
  /* Translators: what Procrustes alignment leaves, 0 for two maps of the same shape, at most 1. */
  return g_strdup_printf (_ ("residual %s of 1 · %s · %s"), residual, turned, variance);
}

/* --- layout --- */

/* Side by side where that leaves them broader than one above the other. */
static void
place_panels (SemMapPair *self)
{
  const double title = sem_panel_measure_title (self->text);
  const double gap = GAP * sem_text_context_get_scale (self->text);
  const double height = MAX (self->note_top, 1.0);
  const double beside = (self->base.width - gap) / 2.0, below = (height - gap) / 2.0 - title;
  const gboolean in_row = MIN (beside, height - title) >= MIN (self->base.width, below);

  for (guint i = 0; i < N_MAPS; i++)
    {
      SemBox *box = &self->panels[i].box;

      if (in_row)
        *box = (SemBox){ i * (beside + gap), title, MAX (beside, 1.0), MAX (height - title, 1.0) };
      else
        *box = (SemBox){ 0.0, title + i * (below + title + gap), self->base.width,
                         MAX (below, 1.0) };
    }
}

static SemMapPair *
get_previous (const SemLayoutInput *input, const SemLayoutClass *klass)
{
  SemMapPair *previous = (SemMapPair *)input->previous;

  return previous != NULL && previous->base.klass == klass
                 && previous->comparison == input->comparison
             ? previous
             : NULL;
}

static void
make_panel (SemMapPair *self,
            guint which,
            SemMapData *data,
            const SemMapPair *previous,
            const SemLayoutInput *input,
            const SemViewOptions *options)
{
  SemPanel *panel = &self->panels[which];
  SemLayoutInput own = *input;
  SemViewOptions flat = *options;

  flat.map_depth = FALSE; /* the second is turned onto the first in the plane */
  own.comparison = NULL;
  own.analysis = which == 0 ? sem_comparison_get_first (self->comparison)
                            : sem_comparison_get_second (self->comparison);
  own.options = &flat;
  own.width = panel->box.width;
  own.height = panel->box.height;
  own.previous = previous != NULL ? previous->panels[which].layout : NULL;
  panel->layout = sem_map_layout_new_for_data (&own, data);
  panel->title = sem_pair_dup_title (self->comparison, which);
  panel->is_second = which == 1;
}

static void
make_panels (SemMapPair *self, const SemLayoutInput *input, const SemMapPair *previous)
{
  SemAnalysis *first = sem_comparison_get_first (self->comparison);
  SemAnalysis *second = sem_comparison_get_second (self->comparison);
  g_autoptr (SemAlignment) alignment
      = sem_comparison_align (self->comparison, self->component_x, self->component_y, NULL);
  g_autoptr (SemMapData) data_a = NULL;
  g_autoptr (SemMapData) data_b = NULL;
  SemViewOptions options = *input->options;

  if (previous != NULL && previous->component_x == self->component_x
      && previous->component_y == self->component_y)
    {
      data_a = sem_map_data_ref (((SemMap *)previous->panels[0].layout)->data);
      data_b = sem_map_data_ref (((SemMap *)previous->panels[1].layout)->data);
    }
  else
    {
      data_a = sem_map_data_new (first);
      data_b = sem_map_data_new (second);
      if (alignment != NULL && data_b->message == NULL)
        {
          turn_data (data_b, alignment, &options);
          share_hues (data_b, data_a);
        }
    }
  make_panel (self, 0, data_a, previous, input, &options);
  if (options.order_unit != SEM_NO_ITEM)
    options.order_unit = sem_comparison_find_second (self->comparison, options.order_unit);
  make_panel (self, 1, data_b, previous, input, &options);
  if (alignment != NULL && data_b->message == NULL)
    self->panels[1].about = dup_alignment (second, alignment, &options);
}

/* --- the layout's functions --- */

static void
map_pair_draw (const SemLayout *layout, cairo_t *cr)
{
  const SemMapPair *self = (const SemMapPair *)layout;
  const char *obstacle = sem_pair_get_obstacle (self->comparison);

  sem_panels_draw (self->panels, N_MAPS, self->text, self->theme, cr);
  if (obstacle != NULL)
    sem_pair_draw_sentence (
        self->text, self->theme, obstacle,
        &(SemBox){ 0.0, self->note_top, layout->width, layout->height - self->note_top }, cr);
}

static void
map_pair_draw_overlay (const SemLayout *layout, const SemFocus *focus, cairo_t *cr)
{
  const SemMapPair *self = (const SemMapPair *)layout;

  sem_panels_draw_overlay (self->panels, N_MAPS, self->comparison, focus, cr);
}

static void
map_pair_pick (const SemLayout *layout, double x, double y, SemItem *item)
{
  const SemMapPair *self = (const SemMapPair *)layout;

  sem_panels_pick (self->panels, N_MAPS, self->comparison, x, y, item);
}

static gboolean
map_pair_locate (const SemLayout *layout, const SemItem *item, SemBox *box)
{
  return sem_panel_locate (&((const SemMapPair *)layout)->panels[0], item, box);
}

static void
map_pair_step (const SemLayout *layout, const SemItem *from, int dx, int dy, SemItem *to)
{
  sem_layout_step (((const SemMapPair *)layout)->panels[0].layout, from, dx, dy, to);
}

static gboolean
map_pair_find_plot (const SemLayout *layout, double x, double y, SemBox *box)
{
  return sem_panels_find_plot (((const SemMapPair *)layout)->panels, N_MAPS, x, y, box);
}

static void
map_pair_enclose (const SemLayout *layout, const SemPoint *corners, gsize n, GArray *units)
{
  const SemMapPair *self = (const SemMapPair *)layout;

  sem_panels_enclose (self->panels, N_MAPS, self->comparison, corners, n, units);
}

static gboolean
map_pair_place (const SemLayout *layout, const SemItem *item, double *u, double *v)
{
  return sem_layout_place (((const SemMapPair *)layout)->panels[0].layout, item, u, v);
}

static const SemLayoutClass map_pair_class = {
  .id = "map",
  .free = map_pair_free,
  .draw = map_pair_draw,
  .draw_overlay = map_pair_draw_overlay,
  .pick = map_pair_pick,
  .locate = map_pair_locate,
  .step = map_pair_step,
  .enclose = map_pair_enclose,
  .place = map_pair_place,
  .find_plot = map_pair_find_plot,
};

void
sem_map_pair_get_panel (const SemLayout *layout, guint which, SemPanel *panel)
{
  g_return_if_fail (layout->klass == &map_pair_class && which < N_MAPS);
  *panel = ((const SemMapPair *)layout)->panels[which];
}

SemLayout *
sem_map_pair_layout_new (const SemLayoutInput *input)
{
  SemMapPair *self;

  if (input->comparison == NULL)
    return sem_map_layout_new (input);
  self = g_new0 (SemMapPair, 1);
  sem_layout_init (&self->base, &map_pair_class, input);
  self->comparison = sem_comparison_ref (input->comparison);
  self->theme = input->theme;
  self->text = sem_text_context_ref (input->text);
  self->component_x = input->options->component_x;
  self->component_y = input->options->component_y;
  self->note_top = input->height
                   - (sem_pair_get_obstacle (input->comparison) != NULL
                          ? sem_pair_measure_sentence (input->text)
                          : 0.0);
  place_panels (self);
  make_panels (self, input, get_previous (input, &map_pair_class));
  self->base.plot = self->panels[0].layout->plot;
  self->base.plot.x += self->panels[0].box.x;
  self->base.plot.y += self->panels[0].box.y;
  return &self->base;
}
