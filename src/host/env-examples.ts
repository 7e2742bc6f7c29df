/** What the committed example of the environment is called, the usual names first. */
export const ENV_EXAMPLES: readonly string[] = [
  '.env.example',
  '.env.sample',
  '.env.template',
  '.env.dist',
  '.env-example',
  '.env-sample',
  '.env_example',
  '.env.local.example',
  '.env.development.example',
  '.env.example.local',
  '.example.env',
  '.sample.env',
  'env.example',
  'env.sample',
  'example.env',
  'sample.env',
]
