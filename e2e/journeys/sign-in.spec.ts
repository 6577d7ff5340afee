import { expect, type Page, test } from '@playwright/test';
import { startServer } from '@/e2e/support/server.ts';
