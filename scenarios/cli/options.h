/*
 * options.h - the words after the subcommand, by one table: parsing, --help and the complaint about a wrong one.
 * Looks down on: jobs.
 */
#ifndef PARK_CLI_OPTIONS_H
#define PARK_CLI_OPTIONS_H

#include "jobs/job.h"

/**
 * Read argv[2..] for `job` into options (defaults first).
 * @param complaint  out: one sentence in the wanted language when the words are wrong
 * @return PARK_OK; PARK_E_INPUT with the complaint
 */
PARK_MUST_CHECK park_status park_options_parse(const park_job *job, int argc, char **argv, bool zh,
                                               park_options *options, park_text *complaint);
void                        park_options_default(park_options *options);

/* Language before options are known: --lang anywhere, else LC_ALL, LC_MESSAGES, LANG; English when none says zh. */
bool park_language_is_zh(int argc, char **argv);

/* The help of one job, and the overview. */
void park_help_job(const park_job *job, bool zh, park_text *out);
void park_help_overview(bool zh, park_text *out);

#endif
