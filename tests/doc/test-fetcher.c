/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fetcher against programs that behave and that do not: shell scripts in place of
 * semblance-fetch. */
#include "doc/fetcher.h"

#include <glib/gstdio.h>

typedef struct
{
  char *folder, *program;
  SemFetcher *fetcher;
  guint n_changed;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changed++;
}

/* body: of a script; "$1" ... are the arguments. */
static void
set_up (Fixture *fixture, const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *script = g_strconcat ("#!/bin/sh\n", body, NULL);

  fixture->folder = g_dir_make_tmp ("sem-fetcher-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->program = g_build_filename (fixture->folder, "fetch", NULL);
  g_file_set_contents_full (fixture->program, script, -1, G_FILE_SET_CONTENTS_NONE, 0700, &error);
  g_assert_no_error (error);
  fixture->fetcher = sem_fetcher_new (fixture->program);
  g_signal_connect_swapped (fixture->fetcher, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture *fixture)
{
  g_object_unref (fixture->fetcher);
  g_unlink (fixture->program);
  g_rmdir (fixture->folder);
  g_free (fixture->program);
  g_free (fixture->folder);
}

static void
wait_while (Fixture *fixture, SemFetchState state)
{
  while (sem_fetcher_get_state (fixture->fetcher) == state)
    g_main_context_iteration (NULL, TRUE);
}

#define PLAN                                                                                       \
  "echo '{\"event\":\"plan\",\"target\":\"/x/a--b\",\"total\":1000,\"weights_file_bytes\":9000,"   \
  "\"partial_bytes\":100,\"exists\":false,\"files\":[{\"file\":\"config.json\",\"bytes\":10},"     \
  "{\"file\":\"model.safetensors\",\"tensor\":\"wte\",\"bytes\":990}]}'\n"

static void
test_plan_and_run (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture,
          "case \"$*\" in '--format=json --dry-run -- a/b' | '--format=json --format=json -- a/b') "
          ";; *) exit 3;; esac\n" PLAN "case \"$*\" in *dry-run*) exit 0;; esac\n"
          "echo '{\"event\":\"progress\",\"done\":500,\"total\":1000,\"file\":\"x\"}'\n"
          "echo '{\"event\":\"done\",\"target\":\"/x/a--b\"}'\n");
  sem_fetcher_plan (fixture.fetcher, "a/b");
  g_assert_cmpint (sem_fetcher_get_state (fixture.fetcher), ==, SEM_FETCH_PLANNING);
  wait_while (&fixture, SEM_FETCH_PLANNING);
  g_assert_cmpint (sem_fetcher_get_state (fixture.fetcher), ==, SEM_FETCH_PLANNED);
  g_assert_cmpstr (sem_fetcher_get_target (fixture.fetcher), ==, "/x/a--b");
  g_assert_cmpuint (sem_fetcher_get_total (fixture.fetcher), ==, 1000);
  g_assert_cmpuint (sem_fetcher_get_whole (fixture.fetcher), ==, 9000);
  g_assert_cmpuint (sem_fetcher_get_partial (fixture.fetcher), ==, 100);
  g_assert_false (sem_fetcher_is_there (fixture.fetcher));
  g_assert_cmpuint (sem_fetcher_get_items (fixture.fetcher)->len, ==, 2);
  const SemFetchItem *item = g_ptr_array_index (sem_fetcher_get_items (fixture.fetcher), 1);
  g_assert_cmpstr (item->tensor, ==, "wte");
  g_assert_cmpuint (item->n_bytes, ==, 990);
  sem_fetcher_run (fixture.fetcher);
  wait_while (&fixture, SEM_FETCH_RUNNING);
  g_assert_cmpint (sem_fetcher_get_state (fixture.fetcher), ==, SEM_FETCH_DONE);
  g_assert_cmpuint (sem_fetcher_get_done (fixture.fetcher), ==, 500);
  g_assert_cmpuint (fixture.n_changed, >=, 4);
  tear_down (&fixture);
}

static void
check_failure (const char *body, const char *sentence)
{
  Fixture fixture = { 0 };

  set_up (&fixture, body);
  sem_fetcher_plan (fixture.fetcher, "a/b");
  wait_while (&fixture, SEM_FETCH_PLANNING);
  g_assert_cmpint (sem_fetcher_get_state (fixture.fetcher), ==, SEM_FETCH_FAILED);
  if (sentence != NULL)
    g_assert_cmpstr (sem_fetcher_get_error (fixture.fetcher), ==, sentence);
  g_assert_cmpstr (sem_fetcher_get_error (fixture.fetcher), !=, NULL);
  g_assert_cmpstr (sem_fetcher_get_error (fixture.fetcher), !=, "");
  tear_down (&fixture);
}

/* Its sentence; none; nothing at all; what is no text; success without a plan; a wrong plan. */
static void
test_failures (void)
{
  check_failure ("echo 'semblance-fetch: the server says no' >&2; exit 1", "the server says no");
  check_failure ("exit 1", NULL);
  check_failure ("kill -9 $$", NULL);
  check_failure ("printf 'semblance-fetch: \\377\\376\\n'; exit 1", NULL);
  check_failure ("exit 0", NULL);
  check_failure ("echo '{\"event\":\"plan\",\"target\":7,\"files\":{\"a\":1}}'", NULL);
  check_failure ("echo '[]'; echo '\"x\"'; echo '{\"event\":[]}'; echo '{'", NULL);
}

static void
test_no_program (void)
{
  SemFetcher *fetcher = sem_fetcher_new ("/nonexistent/semblance-fetch");

  sem_fetcher_plan (fetcher, "a/b");
  g_assert_cmpint (sem_fetcher_get_state (fetcher), ==, SEM_FETCH_FAILED);
  g_object_unref (fetcher);
}

/* Stopping leads back to where it was, and what the dead program still says is not heard. */
static void
test_stop (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, PLAN "case \"$*\" in *dry-run*) exit 0;; esac\n"
                         "echo '{\"event\":\"progress\",\"done\":300,\"total\":1000}'\n"
                         "exec sleep 600\n");
  sem_fetcher_plan (fixture.fetcher, "a/b");
  sem_fetcher_cancel (fixture.fetcher);
  g_assert_cmpint (sem_fetcher_get_state (fixture.fetcher), ==, SEM_FETCH_IDLE);
  sem_fetcher_plan (fixture.fetcher, "a/b");
  wait_while (&fixture, SEM_FETCH_PLANNING);
  sem_fetcher_run (fixture.fetcher);
  while (sem_fetcher_get_done (fixture.fetcher) == 0)
    g_main_context_iteration (NULL, TRUE);
  sem_fetcher_cancel (fixture.fetcher);
  g_assert_cmpint (sem_fetcher_get_state (fixture.fetcher), ==, SEM_FETCH_PLANNED);
  g_assert_cmpuint (sem_fetcher_get_partial (fixture.fetcher), ==, 300);
  sem_fetcher_reset (fixture.fetcher);
  g_assert_null (sem_fetcher_get_target (fixture.fetcher));
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fetcher/plan-and-run", test_plan_and_run);
  g_test_add_func ("/fetcher/failures", test_failures);
  g_test_add_func ("/fetcher/no-program", test_no_program);
  g_test_add_func ("/fetcher/stop", test_stop);
  return g_test_run ();
}
