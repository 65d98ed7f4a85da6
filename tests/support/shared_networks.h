/* shared_networks.h - the public networks beside the project, where they are: PARK_SHARED, else ../shared. */
#ifndef PARK_TESTS_SHARED_NETWORKS_H
#define PARK_TESTS_SHARED_NETWORKS_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHARED_NETWORKS_MOST = 512 };

/* Paths of all INP files there, sorted; 0 where there are none. */
static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

static inline int shared_networks(char path[SHARED_NETWORKS_MOST][700])
{
    char        folder[400];
    const char *given = getenv("PARK_SHARED");
    snprintf(folder, sizeof folder, "%s/data/networks/inp",
             given != NULL ? given : PARK_SOURCE_DIR "/../shared");
    DIR *dir   = opendir(folder);
    int  count = 0;
    for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL && count < SHARED_NETWORKS_MOST;)
        if (strstr(entry->d_name, ".inp") != NULL && strlen(entry->d_name) < 100)
            snprintf(path[count++], 700, "%s/%s", folder, entry->d_name);
    if (dir != NULL)
        closedir(dir);
    qsort(path, (size_t)count, 700, by_name);
    return count;
}

#endif
