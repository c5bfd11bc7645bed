/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparing images, and the reference images' files. */
#include "image-compare.h"

#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>

static gboolean update_golden;

static guint32
get_pixel (cairo_surface_t *image, int x, int y)
{
  const guint8 *row = cairo_image_surface_get_data (image)
                      + (gsize)y * (gsize)cairo_image_surface_get_stride (image);
  guint32 pixel = ((const guint32 *)(const void *)row)[x];

  return cairo_image_surface_get_format (image) == CAIRO_FORMAT_RGB24 ? pixel | 0xff000000u : pixel;
}

static int
compare_pixels (guint32 a, guint32 b)
{
  int largest = 0;

  for (int shift = 0; shift < 32; shift += 8)
    largest = MAX (largest, abs ((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff)));
  return largest;
}

gboolean
sem_image_compare (cairo_surface_t *a,
                   cairo_surface_t *b,
                   SemImageDifference *difference,
                   cairo_surface_t **diff)
{
  int width = cairo_image_surface_get_width (b), height = cairo_image_surface_get_height (b);
  gsize n_different = 0;

  cairo_surface_flush (a);
  cairo_surface_flush (b);
  *difference = (SemImageDifference){ FALSE, 255, 1.0 };
  if (diff != NULL)
    *diff = NULL;
  if (cairo_image_surface_get_width (a) != width || cairo_image_surface_get_height (a) != height)
    return FALSE;
  *difference = (SemImageDifference){ TRUE, 0, 0.0 };
  if (diff != NULL)
    *diff = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint32 pixel = get_pixel (b, x, y);
        int by = compare_pixels (get_pixel (a, x, y), pixel);

        difference->largest = MAX (difference->largest, by);
        if (by > SEM_IMAGE_CHANNEL_TOLERANCE)
          n_different++;
        if (diff != NULL)
          {
            guint8 *row = cairo_image_surface_get_data (*diff)
                          + (gsize)y * (gsize)cairo_image_surface_get_stride (*diff);
            guint32 pale = 0xc0c0c0u + (pixel >> 2 & 0x3f3f3fu);

            ((guint32 *)(void *)row)[x] = by > SEM_IMAGE_CHANNEL_TOLERANCE ? 0xff0000u : pale;
          }
      }
  if (diff != NULL)
    cairo_surface_mark_dirty (*diff);
  difference->share = (double)n_different / MAX ((double)width * height, 1.0);
  return difference->share <= SEM_IMAGE_SHARE_TOLERANCE;
}

void
sem_golden_init (int *argc, char **argv)
{
  update_golden = g_getenv ("SEMBLANCE_UPDATE_GOLDEN") != NULL;
  for (int i = 1; i < *argc; i++)
    if (strcmp (argv[i], "--update-golden") == 0)
      {
        update_golden = TRUE;
        memmove (argv + i, argv + i + 1, (gsize)(*argc - i) * sizeof *argv);
        (*argc)--;
        return;
      }
}

static void
check_against (cairo_surface_t *image, cairo_surface_t *golden, const char *name)
{
  SemImageDifference difference;
  cairo_surface_t *diff = NULL;
  g_autofree char *out_name = g_strconcat (name, ".out.png", NULL);
  g_autofree char *diff_name = g_strconcat (name, ".diff.png", NULL);
  g_autofree char *out_path = g_test_build_filename (G_TEST_BUILT, "draw", out_name, NULL);
  g_autofree char *diff_path = g_test_build_filename (G_TEST_BUILT, "draw", diff_name, NULL);

  if (!sem_image_compare (image, golden, &difference, &diff))
    {
      cairo_surface_write_to_png (image, out_path);
      if (diff != NULL)
        cairo_surface_write_to_png (diff, diff_path);
      g_test_message ("%s: %s, %.3f %% of the pixels differ (largest by %d); see %s and %s", name,
                      difference.same_size ? "same size" : "another size", difference.share * 100.0,
                      difference.largest, out_path, diff_path);
      g_test_fail ();
    }
  g_clear_pointer (&diff, cairo_surface_destroy);
}

void
sem_golden_check (cairo_surface_t *image, const char *name)
{
  g_autofree char *folder
      = g_strdup_printf ("cairo-%d.%d", cairo_version () / 10000, cairo_version () / 100 % 100);
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *where = g_test_build_filename (G_TEST_DIST, "golden", "draw", folder, NULL);
  g_autofree char *path = g_build_filename (where, file, NULL);
  cairo_surface_t *golden;

  if (update_golden)
    {
      g_mkdir_with_parents (where, 0777);
      g_assert_cmpint (cairo_surface_write_to_png (image, path), ==, CAIRO_STATUS_SUCCESS);
      return;
    }
  if (!g_file_test (where, G_FILE_TEST_IS_DIR))
    {
      g_autofree char *reason = g_strdup_printf ("no reference images for %s", folder);

      g_test_skip (reason);
      return;
    }
  golden = cairo_image_surface_create_from_png (path);
  if (cairo_surface_status (golden) != CAIRO_STATUS_SUCCESS)
    {
      g_test_message ("%s: %s", path, cairo_status_to_string (cairo_surface_status (golden)));
      g_test_fail ();
    }
  else
    check_against (image, golden, name);
  cairo_surface_destroy (golden);
}

gboolean
sem_golden_has_fonts (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoFontDescription *wanted = pango_font_description_from_string ("Sans 10");
  PangoFont *font = pango_context_load_font (context, wanted);
  PangoFontDescription *found = font != NULL ? pango_font_describe (font) : NULL;
  gboolean ok
      = found != NULL && g_strcmp0 (pango_font_description_get_family (found), "DejaVu Sans") == 0;

  g_clear_pointer (&found, pango_font_description_free);
  g_clear_object (&font);
  pango_font_description_free (wanted);
  g_object_unref (context);
  if (!ok)
    g_test_skip ("the fonts of tests/fonts/fonts.conf (DejaVu) are not installed");
  return ok;
}
