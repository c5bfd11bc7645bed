/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sample words and pictures. */
#include "plots-sample.h"

#include "core/analysis/pca.h"
#include "core/analysis/similarity.h"

#include <math.h>
#include <string.h>
#include <time.h>

#define DIM 16
#define N_TOPICS 4

static const char *const design_words[] = {
  "Earth", "is",     "a",   "planet", "in",     "the", "solar", "system", "The",
  "sun",   "is",     "a",   "star",   "and",    "the", "moon",  "orbits", "us",
  "Bread", "cheese", "and", "a",      "hotdog", "are", "food",
};

/* A number in -1..1 from a name and an index: splitmix64, so that no library's generator is in the
 * pictures. */
static double
make_noise (guint64 seed, guint64 index)
{
  guint64 z = seed * 0x9e3779b97f4a7c15u + index * 0xbf58476d1ce4e5b9u + 0x94d049bb133111ebu;

  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  z ^= z >> 31;
  return (double)(z >> 11) / 4503599627370496.0 - 1.0;
}

static guint64
hash_name (const char *name)
{
  g_autofree char *lower = g_utf8_strdown (name, -1);
  guint64 hash = 1469598103934665603u;

  for (const char *p = lower; *p; p++)
    hash = (hash ^ (guint8)*p) * 1099511628211u;
  return hash;
}

Sample *
sample_new_for_names (const char *const *names, gsize n)
{
  Sample *self = g_new0 (Sample, 1);
  g_autoptr (GError) error = NULL;
  SemPca *pca;

  self->n = n;
  self->names = g_new0 (char *, n + 1);
  self->vectors = sem_matrix_new (n, DIM, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < n; i++)
    {
      guint64 seed = hash_name (names[i]);

      self->names[i] = g_strdup (names[i]);
      for (gsize d = 0; d < DIM; d++)
        sem_matrix_get_data (self->vectors)[i * DIM + d]
            = 1.2 * make_noise (seed % N_TOPICS, d) + make_noise (seed, d + 100);
    }
  self->similarity = sem_similarity_matrix (self->vectors, SEM_METRIC_COSINE, FALSE, NULL, &error);
  g_assert_no_error (error);
  pca = sem_pca_fit (self->vectors, SEM_PCA_MAX_COMPONENTS, NULL, &error);
  g_assert_no_error (error);
  self->coordinates = sem_pca_project (pca, self->vectors, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < SEM_PCA_MAX_COMPONENTS; i++)
    self->ratios[i] = sem_pca_get_explained_variance_ratio (pca, i);
  sem_pca_unref (pca);
  return self;
}

Sample *
sample_new (gsize n)
{
  g_auto (GStrv) names = g_new0 (char *, n + 1);

  for (gsize i = 0; i < n; i++)
    names[i] = i < G_N_ELEMENTS (design_words) ? g_strdup (design_words[i])
                                               : g_strdup_printf ("word%zu", i);
  return sample_new_for_names ((const char *const *)names, n);
}

void
sample_free (Sample *self)
{
  g_strfreev (self->names);
  sem_matrix_unref (self->vectors);
  sem_matrix_unref (self->similarity);
  sem_matrix_unref (self->coordinates);
  g_free (self);
}

char *
sample_dup_random_word (GRand *rng)
{
  static const struct
  {
    gunichar first;
    gint n;
  } scripts[] = { { 'a', 26 }, { 0x4e00, 2000 }, { 0x0628, 19 } };
  const guint script = (guint)g_rand_int_range (rng, 0, 3);
  const gint length = g_rand_int_range (rng, 1, 41);
  GString *word = g_string_new (NULL);

  for (gint i = 0; i < length; i++)
    g_string_append_unichar (word, scripts[script].first
                                       + (gunichar)g_rand_int_range (rng, 0, scripts[script].n));
  return g_string_free (word, FALSE);
}

cairo_surface_t *
sample_draw (SemLayout *layout, const SemLayoutInput *input, const SemFocus *focus)
{
  const double scale = input->scale > 0.0 ? input->scale : 1.0;
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, (int)ceil (input->width * scale), (int)ceil (input->height * scale));
  cairo_t *cr;
  cairo_matrix_t before, after;

  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  sem_rgba_set_source (input->theme->surface, cr);
  cairo_paint (cr);
  cairo_get_matrix (cr, &before);
  sem_layout_draw (layout, cr);
  if (focus)
    sem_layout_draw_overlay (layout, focus, cr);
  cairo_get_matrix (cr, &after);
  g_assert_cmpmem (&before, sizeof before, &after, sizeof after);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

gboolean
sample_same_pixels (cairo_surface_t *a, cairo_surface_t *b)
{
  const int width = cairo_image_surface_get_width (a), height = cairo_image_surface_get_height (a);

  if (width != cairo_image_surface_get_width (b) || height != cairo_image_surface_get_height (b))
    return FALSE;
  for (int y = 0; y < height; y++)
    if (memcmp (cairo_image_surface_get_data (a) + y * cairo_image_surface_get_stride (a),
                cairo_image_surface_get_data (b) + y * cairo_image_surface_get_stride (b),
                (gsize)width * 4))
      return FALSE;
  return TRUE;
}

SemRgba
sample_get_pixel (cairo_surface_t *surface, int x, int y)
{
  const guint8 *row
      = cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);
  guint32 pixel = ((const guint32 *)(const void *)row)[x];

  return sem_rgba_from_hex (pixel & 0xffffff);
}

double
sample_get_cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}
