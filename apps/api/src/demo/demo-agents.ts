/** The agents of the demonstration, invented. Those of this list sign in; their passwords are printed at each start. */
export const demoAgents = [
  {
    role: 'agent',
    name: 'Nadia El Fassi',
    email: 'n.elfassi@douane.example',
    authority: 'customs',
    agentRole: 'decider',
  },
  {
    role: 'portnet_agent',
    name: 'Karim Sqalli',
    email: 'k.sqalli@portnet.example',
    authority: 'portnet',
    agentRole: 'decider',
  },
  {
    role: 'finance',
    name: 'Samir Lahlou',
    email: 's.lahlou@douane.example',
    authority: 'customs',
    agentRole: 'finance',
  },
  {
    role: 'administrator',
    name: 'Driss Bennani',
    email: 'd.bennani@douane.example',
    authority: 'customs',
    agentRole: 'administrator',
  },
  {
    role: 'portnet_admin',
    name: 'Meryem Tahiri',
    email: 'm.tahiri@portnet.example',
    authority: 'portnet',
    agentRole: 'administrator',
  },
] as const;

/** Whom the administrator of customs invited, and who hasn't used the link yet: its e-mail is in the sandbox's inbox. */
export const demoInvitedAgent = {
  name: 'Hajar Benjelloun',
  email: 'h.benjelloun@douane.example',
  role: 'decider',
  locale: 'fr',
} as const;

/** Who worked for customs, and whom the administrator suspended. */
export const demoSuspendedAgent = {
  name: 'Othmane Berrada',
  email: 'o.berrada@douane.example',
  authority: 'customs',
  role: 'finance',
} as const;
