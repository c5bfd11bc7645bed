/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapped files and the signal of a vanished page.
 *
 * The list of mappings only grows and its entries are used again, so that the handler can walk it
 * without a lock: an entry is published by its size, last, and withdrawn by it, first. */
#include "core/model/file-map.h"

#include "core/error.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct _Mapping Mapping;
struct _Mapping
{
  Mapping *next;
  guint64 number;
  char *path;
  _Atomic (guint8 *) base;
  atomic_size_t size; /* 0: not in use */
  atomic_int cut;
};

static _Atomic (Mapping *) mappings;
static GMutex mappings_mutex; /* for who adds, frees and asks; never for the handler */
static guint64 next_number;
static struct sigaction previous;
static gsize page_size;

/* The mapping an address is in, or NULL.  Async-signal-safe. */
static Mapping *
find_mapping (const guint8 *address)
{
  for (Mapping *m = atomic_load (&mappings); m != NULL; m = m->next)
    {
      gsize size = atomic_load (&m->size);
      guint8 *base = atomic_load (&m->base);
      if (size > 0 && address >= base && address < base + size)
        return m;
    }
  return NULL;
}

static void
handle_bus_error (int number, siginfo_t *info, void *context)
{
  Mapping *mapping = find_mapping (info->si_addr);
  if (mapping != NULL)
    {
      int kept = errno;
      guint8 *page = (guint8 *)((guintptr)info->si_addr & ~(page_size - 1));
      void *zeros
          = mmap (page, page_size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
      atomic_store (&mapping->cut, 1);
      errno = kept;
      if (zeros != MAP_FAILED)
        return;
    }
  if ((previous.sa_flags & SA_SIGINFO) != 0 && previous.sa_sigaction != NULL)
    previous.sa_sigaction (number, info, context);
  else
    {
      sigaction (SIGBUS, &previous, NULL);
      raise (SIGBUS); /* as it would have ended without us */
    }
}

static void
install_handler (void)
{
  static gsize done;
  if (!g_once_init_enter (&done))
    return;
  struct sigaction action = { .sa_sigaction = handle_bus_error, .sa_flags = SA_SIGINFO };
  sigemptyset (&action.sa_mask);
  page_size = (gsize)sysconf (_SC_PAGESIZE);
  sigaction (SIGBUS, &action, &previous);
  g_once_init_leave (&done, 1);
}

static Mapping *
add_mapping (const char *path, guint8 *base, gsize size)
{
  g_mutex_lock (&mappings_mutex);
  Mapping *mapping = atomic_load (&mappings);
  while (mapping != NULL && mapping->path != NULL)
    mapping = mapping->next;
  gboolean fresh = mapping == NULL;
  if (fresh)
    mapping = g_new0 (Mapping, 1);
  mapping->path = g_strdup (path);
  mapping->number = next_number++;
  atomic_store (&mapping->base, base);
  atomic_store (&mapping->cut, 0);
  atomic_store (&mapping->size, size);
  if (fresh)
    {
      mapping->next = atomic_load (&mappings);
      atomic_store (&mappings, mapping);
    }
  g_mutex_unlock (&mappings_mutex);
  return mapping;
}

static void
free_mapping (gpointer data)
{
  Mapping *mapping = data;
  g_mutex_lock (&mappings_mutex);
  guint8 *base = atomic_load (&mapping->base);
  gsize size = atomic_exchange (&mapping->size, 0);
  munmap (base, size);
  g_clear_pointer (&mapping->path, g_free);
  g_mutex_unlock (&mappings_mutex);
}

static void
set_file_error (GError **error, const char *what, const char *path)
{
  int number = errno;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (number), "cannot %s '%s': %s", what,
               path, g_strerror (number));
}

/* Checks what is open, and maps it. */
static GBytes *
map_descriptor (int descriptor, const char *path, GError **error)
{
  struct stat facts;
  if (fstat (descriptor, &facts) != 0)
    {
      set_file_error (error, "read", path);
      return NULL;
    }
  if (!S_ISREG (facts.st_mode))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED,
                   "'%s' is not a regular file", path);
      return NULL;
    }
  if (facts.st_size == 0)
    return g_bytes_new_static ("", 0);
  gsize size = (gsize)facts.st_size;
  guint8 *base = mmap (NULL, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (base == MAP_FAILED)
    {
      set_file_error (error, "map", path);
      return NULL;
    }
  return g_bytes_new_with_free_func (base, size, free_mapping, add_mapping (path, base, size));
}

GBytes *
sem_file_map (const char *path, GError **error)
{
  install_handler ();
  /* Without O_NONBLOCK a pipe would wait for a writer. */
  int descriptor = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0)
    {
      set_file_error (error, "open", path);
      return NULL;
    }
  GBytes *bytes = map_descriptor (descriptor, path, error);
  close (descriptor);
  return bytes;
}

guint64
sem_file_map_get_next (void)
{
  g_mutex_lock (&mappings_mutex);
  guint64 number = next_number;
  g_mutex_unlock (&mappings_mutex);
  return number;
}

gboolean
sem_file_map_check (guint64 first, guint64 end, GError **error)
{
  gboolean whole = TRUE;
  g_mutex_lock (&mappings_mutex);
  for (Mapping *m = atomic_load (&mappings); m != NULL && whole; m = m->next)
    if (m->path != NULL && m->number >= first && m->number < end && atomic_load (&m->cut))
      {
        g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_TRUNCATED,
                     "'%s' has become shorter while it was open: it had %" G_GSIZE_FORMAT
                     " bytes and some of them are gone; open it again",
                     m->path, (gsize)atomic_load (&m->size));
        whole = FALSE;
      }
  g_mutex_unlock (&mappings_mutex);
  return whole;
}
