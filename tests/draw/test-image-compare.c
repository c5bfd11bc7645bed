/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The comparator of reference images itself: it passes what it should and fails what it must. */
#include "image-compare.h"

static cairo_surface_t *
make_image (int width, int height, guint32 color)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (image);

  cairo_set_source_rgb (cr, (color >> 16 & 0xff) / 255.0, (color >> 8 & 0xff) / 255.0,
                        (color & 0xff) / 255.0);
  cairo_paint (cr);
  cairo_destroy (cr);
  return image;
}

static void
fill (cairo_surface_t *image, int x, int y, int width, int height, double grey)
{
  cairo_t *cr = cairo_create (image);

  cairo_rectangle (cr, x, y, width, height);
  cairo_set_source_rgb (cr, grey, grey, grey);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
test_same (void)
{
  cairo_surface_t *a = make_image (100, 100, 0x336699), *b = make_image (100, 100, 0x336699);
  SemImageDifference difference;

  g_assert_true (sem_image_compare (a, b, &difference, NULL));
  g_assert_cmpint (difference.largest, ==, 0);
  cairo_surface_destroy (b);
  /* A shade that nobody sees. */
  b = make_image (100, 100, 0x3a6f9f);
  g_assert_true (sem_image_compare (a, b, &difference, NULL));
  g_assert_cmpint (difference.largest, ==, 9);
  cairo_surface_destroy (a);
  cairo_surface_destroy (b);
}

/* This is the test that the comparator can fail. */
static void
test_differs (void)
{
  cairo_surface_t *a = make_image (100, 100, 0xffffff), *b = make_image (100, 100, 0xffffff), *diff;
  SemImageDifference difference;

  /* 10 of 10 000 pixels are the most that may differ, 11 are too many. */
  fill (a, 0, 0, 10, 1, 0.0);
  g_assert_true (sem_image_compare (a, b, &difference, NULL));
  fill (a, 0, 1, 1, 1, 0.0);
  g_assert_false (sem_image_compare (a, b, &difference, &diff));
  g_assert_cmpfloat_with_epsilon (difference.share, 0.0011, 1e-12);
  g_assert_cmpint (difference.largest, ==, 255);
  g_assert_cmphex (((guint32 *)(void *)cairo_image_surface_get_data (diff))[0] & 0xffffffu, ==,
                   0xff0000u);
  cairo_surface_destroy (diff);
  cairo_surface_destroy (b);
  b = make_image (100, 101, 0xffffff);
  g_assert_false (sem_image_compare (a, b, &difference, NULL));
  g_assert_false (difference.same_size);
  cairo_surface_destroy (b);
  /* A shade that one does see. */
  b = make_image (100, 100, 0xeeeeee);
  cairo_surface_destroy (a);
  a = make_image (100, 100, 0xffffff);
  g_assert_false (sem_image_compare (a, b, &difference, NULL));
  cairo_surface_destroy (a);
  cairo_surface_destroy (b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/image-compare/same", test_same);
  g_test_add_func ("/draw/image-compare/differs", test_differs);
  return g_test_run ();
}
