/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PNG with its resolution, and WebP.
 *
 * cairo writes PNG without the pHYs chunk, and a figure made 85 mm wide would then be placed at
 * whatever size the word processor likes; the chunk is put in after the header.  libwebp is loaded
 * when it is there (GTK's own image loaders bring it along on Debian), so that nothing has to be
 * installed for those who never write WebP. */
#include "core/error.h"
#include "draw/export-private.h"

#include <dlfcn.h>
#include <math.h>
#include <string.h>

#define WEBP "libwebp.so.7"
#define MAX_WEBP_SIDE 16383

/* --- PNG
 * ------------------------------------------------------------------------------------------ */

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* CRC-32 as PNG has it (ISO 3309), of the type and data of a chunk. */
static guint32
compute_crc (const guint8 *data, gsize length)
{
  guint32 crc = 0xffffffffu;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc & 1u ? crc >> 1 ^ 0xedb88320u : crc >> 1;
    }
  return ~crc;
}

static void
put_u32 (guint8 *at, guint32 value)
{
  value = GUINT32_TO_BE (value);
  memcpy (at, &value, sizeof value);
}

/* The chunk: length, "pHYs", pixels a metre across and down, unit 1 = metre, CRC. */
static void
make_resolution (double scale, guint8 chunk[21])
{
  guint32 per_metre = (guint32)(scale * SEM_POINTS_PER_INCH / 0.0254 + 0.5);

  put_u32 (chunk, 9);
  memcpy (chunk + 4, "pHYs", 4);
  put_u32 (chunk + 8, per_metre);
  put_u32 (chunk + 12, per_metre);
  chunk[16] = 1;
  put_u32 (chunk + 17, compute_crc (chunk + 4, 13));
}

GBytes *
sem_export_png (cairo_surface_t *image, double scale, GError **error)
{
  const guint header = 8 + 25; /* signature and IHDR: it comes first and has one size */
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 chunk[21];

  if (!sem_export_check_status (cairo_surface_write_to_png_stream (image, append_bytes, plain),
                                "PNG", error))
    return NULL;
  g_return_val_if_fail (plain->len > header, NULL);
  make_resolution (scale, chunk);
  g_byte_array_append (bytes, plain->data, header);
  g_byte_array_append (bytes, chunk, sizeof chunk);
  g_byte_array_append (bytes, plain->data + header, plain->len - header);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* --- WebP
 * ----------------------------------------------------------------------------------------- */

/* Of webp/encode.h; the same since version 0.1.99. */
typedef size_t (
    *EncodeFunc) (const uint8_t *bgra, int width, int height, int stride, uint8_t **output);
typedef void (*FreeFunc) (void *data);

static struct
{
  EncodeFunc encode;
  FreeFunc free;
} webp;

gboolean
sem_export_has_webp (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      gpointer library = dlopen (WEBP, RTLD_LAZY | RTLD_LOCAL);

      if (library != NULL)
        {
          webp.encode = (EncodeFunc)dlsym (library, "WebPEncodeLosslessBGRA");
          webp.free = (FreeFunc)dlsym (library, "WebPFree");
        }
      g_once_init_leave (&done, 1);
    }
  return webp.encode != NULL && webp.free != NULL;
}

/* cairo's pixels without their opacity multiplied in, as bytes B G R A. */
static guint8 *
dup_straight (cairo_surface_t *image, int width, int height)
{
  const guint8 *rows = cairo_image_surface_get_data (image);
  int stride = cairo_image_surface_get_stride (image);
  gboolean is_opaque = cairo_image_surface_get_format (image) == CAIRO_FORMAT_RGB24;
  guint8 *out = g_malloc_n ((gsize)width * (gsize)height, 4), *to = out;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++, to += 4)
      {
        guint32 pixel, a;

        memcpy (&pixel, rows + (gsize)y * (gsize)stride + (gsize)x * 4, sizeof pixel);
        a = is_opaque ? 255 : pixel >> 24;
        for (int c = 0; c < 3; c++)
          {
            guint32 value = pixel >> (8 * c) & 255u;

            to[c] = (guint8)(a == 0 ? 0 : MIN ((value * 255u + a / 2u) / a, 255u));
          }
        to[3] = (guint8)a;
      }
  return out;
}

GBytes *
sem_export_webp (cairo_surface_t *image, GError **error)
{
  int width = cairo_image_surface_get_width (image),
      height = cairo_image_surface_get_height (image);
  g_autofree guint8 *pixels = NULL;
  guint8 *encoded = NULL;
  gsize length;
  GBytes *bytes;

  if (!sem_export_has_webp ())
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   "writing WebP needs %s, which is not installed", WEBP);
      return NULL;
    }
  if (width > MAX_WEBP_SIDE || height > MAX_WEBP_SIDE)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                   "an image of %d x %d pixels: WebP has at most %d on a side", width, height,
                   MAX_WEBP_SIDE);
      return NULL;
    }
  pixels = dup_straight (image, width, height);
  length = webp.encode (pixels, width, height, width * 4, &encoded);
  if (length == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   "making the WebP: its library gave nothing");
      return NULL;
    }
  bytes = g_bytes_new (encoded, length);
  webp.free (encoded);
  return bytes;
}
